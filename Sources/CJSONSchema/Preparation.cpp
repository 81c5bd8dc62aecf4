#include "Preparation.hpp"

#include <map>
#include <regex>
#include <set>
#include <vector>

#include "Keywords.hpp"
#include "Patterns.hpp"

namespace cjsonschema {

namespace {

const std::set<std::string> schemaKeywords = {
    "additionalItems", "additionalProperties", "contains", "else", "if", "not", "propertyNames", "then"};
const std::set<std::string> listKeywords = {"allOf", "anyOf", "oneOf"};
const std::set<std::string> mapKeywords = {"definitions", "dependencies", "patternProperties", "properties"};
/// The keywords whose schemas look at the same value again, so that a circle of them would never end.
const std::set<std::string> inPlaceKeywords = {"allOf", "anyOf", "oneOf", "not", "if", "then", "else"};
const std::set<std::string> typeNames = {"array", "boolean", "integer", "null", "number", "object", "string"};

class Preparation {
public:
    explicit Preparation(Json &root) : root(root) {}

    void prepare(Json &node, const std::string &pointer) {
        if (!node.is_object()) {
            if (!node.is_boolean()) {
                throw BadSchema(pointer, "A schema is an object, true or false.");
            }
            return;
        }
        if (!seen.insert(&node).second) {
            return;
        }
        places.emplace_back(&node, pointer);
        checkTypes(node, pointer);
        checkRequired(node, pointer);
        if (node.contains("$ref")) {
            prepare(target(node, pointer), node.at("$ref").get<std::string>().substr(1));
        }
        for (auto &[keyword, value] : node.items()) {
            prepareKeyword(keyword, value, appended(pointer, keyword));
        }
        replacePattern(node, pointer);
        replaceFormat(node, pointer);
    }

    /// Throws when a value would be held against a schema for ever without a step into the value.
    void refuseCircles(Json &node, const std::string &pointer) {
        if (!node.is_object()) {
            return;
        }
        const auto [entry, isNew] = open.emplace(&node, true);
        if (!isNew) {
            if (entry->second) {
                throw BadSchema(pointer, "This schema refers back to itself without looking deeper into the value.");
            }
            return;
        }
        if (node.contains("$ref")) {
            refuseCircles(target(node, pointer), pointer);
        } else {
            for (const auto &keyword : inPlaceKeywords) {
                const auto found = node.find(keyword);
                if (found != node.end() && found->is_array()) {
                    for (Json &child : *found) {
                        refuseCircles(child, appended(pointer, keyword));
                    }
                } else if (found != node.end()) {
                    refuseCircles(*found, appended(pointer, keyword));
                }
            }
        }
        open[&node] = false;
    }

    void refuseAllCircles() {
        for (const auto &[node, pointer] : places) {
            refuseCircles(*node, pointer);
        }
    }

private:
    void prepareKeyword(const std::string &keyword, Json &value, const std::string &pointer) {
        if (schemaKeywords.count(keyword) != 0 || (keyword == "items" && !value.is_array())) {
            prepare(value, pointer);
        } else if (listKeywords.count(keyword) != 0 || keyword == "items") {
            if (!value.is_array() || value.empty()) {
                throw BadSchema(pointer, "'" + keyword + "' is a non-empty list of schemas.");
            }
            for (size_t index = 0; index < value.size(); index += 1) {
                prepare(value[index], appended(pointer, std::to_string(index)));
            }
        } else if (mapKeywords.count(keyword) != 0) {
            if (!value.is_object()) {
                throw BadSchema(pointer, "'" + keyword + "' is an object whose members are schemas.");
            }
            for (auto &[name, member] : value.items()) {
                if (keyword == "patternProperties") {
                    compile(name, pointer);
                }
                if (keyword != "dependencies" || !member.is_array()) {
                    prepare(member, appended(pointer, name));
                }
            }
        } else if (keyword == "enum" && (!value.is_array() || value.empty())) {
            throw BadSchema(pointer, "'enum' is a non-empty list of values.");
        }
    }

    void checkTypes(const Json &node, const std::string &pointer) {
        const auto found = node.find("type");
        if (found == node.end()) {
            return;
        }
        const Json names = found->is_array() ? *found : Json::array({*found});
        for (const Json &name : names) {
            if (!name.is_string() || typeNames.count(name.get<std::string>()) == 0) {
                throw BadSchema(
                    appended(pointer, "type"),
                    "'type' is one or a list of array, boolean, integer, null, number, object, string; found " +
                        name.dump(-1, ' ', false, Json::error_handler_t::replace) + ".");
            }
        }
    }

    void checkRequired(const Json &node, const std::string &pointer) {
        const auto found = node.find("required");
        if (found == node.end()) {
            return;
        }
        bool holds = found->is_array();
        for (const Json &name : holds ? *found : Json::array()) {
            holds = holds && name.is_string();
        }
        if (!holds) {
            throw BadSchema(appended(pointer, "required"), "'required' is a list of member names.");
        }
    }

    Json &target(const Json &node, const std::string &pointer) {
        const Json &reference = node.at("$ref");
        if (!reference.is_string()) {
            throw BadSchema(appended(pointer, "$ref"), "'$ref' is a string such as \"#/definitions/name\".");
        }
        const std::string text = reference.get<std::string>();
        if (text.empty() || text[0] != '#') {
            throw ExternalReference(
                appended(pointer, "$ref"),
                "The reference '" + text +
                    "' leads to another document, which is not read; copy what it names into 'definitions' and refer "
                    "to it as \"#/definitions/name\".");
        }
        try {
            return root.at(Json::json_pointer(text.substr(1)));
        } catch (const Json::exception &) {
            throw BadSchema(appended(pointer, "$ref"), "The reference '" + text + "' names nothing in this schema.");
        }
    }

    void compile(const std::string &pattern, const std::string &pointer) {
        try {
            // Property names are matched as bytes by the validator, strings as characters here: both must compile.
            const std::regex bytes(pattern);
            const std::wregex characters = expression(pattern);
        } catch (const std::regex_error &error) {
            throw BadSchema(
                pointer,
                "'" + pattern + "' is not a regular expression (ECMAScript, without back-references): " + error.what());
        }
    }

    void replacePattern(Json &node, const std::string &pointer) {
        const auto found = node.find("pattern");
        if (found == node.end()) {
            return;
        }
        if (!found->is_string()) {
            throw BadSchema(appended(pointer, "pattern"), "'pattern' is a string.");
        }
        compile(found->get<std::string>(), appended(pointer, "pattern"));
        rename(node, "pattern", patternKeyword);
    }

    void replaceFormat(Json &node, const std::string &pointer) {
        const auto found = node.find("format");
        if (found == node.end()) {
            return;
        }
        if (!found->is_string()) {
            throw BadSchema(appended(pointer, "format"), "'format' is a string.");
        }
        rename(node, "format", formatKeyword);
    }

    static void rename(Json &node, const char *from, const char *to) {
        Json value = std::move(node.at(from));
        node.erase(from);
        node[to] = std::move(value);
    }

    Json &root;
    std::set<Json *> seen;
    /// Every schema that was prepared and where it stands, outer ones first, so that messages do not vary between runs.
    std::vector<std::pair<Json *, std::string>> places;
    /// Every schema looked at for circles: true while the walk is below it.
    std::map<Json *, bool> open;
};

}  // namespace

void prepare(Json &schema) {
    Preparation preparation(schema);
    preparation.prepare(schema, "");
    preparation.refuseAllCircles();
}

}  // namespace cjsonschema
