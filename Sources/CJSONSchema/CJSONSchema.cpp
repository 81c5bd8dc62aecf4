#include "CJSONSchema.h"

#include "Keywords.hpp"

#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "Document.hpp"
#include "Preparation.hpp"

using namespace cjsonschema;
using valijson::ValidationResults;
using valijson::adapters::NlohmannJsonAdapter;

struct cjsonschema_schema {
    valijson::Schema compiled;
};

namespace {

/// The validator writes a path as "<root>", "[member]", "[0]".
std::string unbracketed(const std::string &step) {
    const bool isBracketed = step.size() >= 2 && step.front() == '[' && step.back() == ']';
    return isBracketed ? step.substr(1, step.size() - 2) : step;
}

std::string pointer(const std::vector<std::string> &context) {
    std::string result;
    for (size_t index = 1; index < context.size(); index += 1) {
        result = appended(result, unbracketed(context[index]));
    }
    return result;
}

bool startsWith(const std::string &text, const std::string &prefix) {
    return text.compare(0, prefix.size(), prefix) == 0;
}

/// Whether an error only says that a member or item, whose own error was reported, failed.
bool isEcho(const ValidationResults::Error &error, const ValidationResults &results) {
    const std::string &text = error.description;
    const bool speaksOfPart = startsWith(text, "Failed to validate item #")
        || startsWith(text, "Failed to validate against schema associated with property name '")
        || startsWith(text, "Failed to validate against additional properties schema");
    if (!speaksOfPart) {
        return false;
    }
    for (const auto &other : results) {
        const bool isDeeper = other.context.size() > error.context.size()
            && std::equal(error.context.begin(), error.context.end(), other.context.begin());
        if (!isDeeper) {
            continue;
        }
        const std::string part = unbracketed(other.context[error.context.size()]);
        const bool isNamed = text.find("'" + part + "'") != std::string::npos
            || text.find("#" + part + " ") != std::string::npos || text.find("additional") != std::string::npos;
        if (isNamed) {
            return true;
        }
    }
    return false;
}

/// Points at a member that is not allowed, where the validator points at its object.
std::pair<std::string, std::string> located(const ValidationResults::Error &error) {
    const std::string opening = "Object contains a property that could not be validated using 'properties' or "
                                "'additionalProperties' constraints: '";
    const std::string ending = "'.";
    if (startsWith(error.description, opening)) {
        const std::string name = error.description.substr(
            opening.size(), error.description.size() - opening.size() - ending.size());
        return {appended(pointer(error.context), name), "The member '" + name + "' is not allowed here."};
    }
    return {pointer(error.context), error.description};
}

/// Runs `work` and turns whatever it throws into a status and one report; nothing passes the C boundary.
template <typename Work>
cjsonschema_status guarded(cjsonschema_report report, void *context, const Work &work) {
    try {
        return work();
    } catch (const NotJson &error) {
        report(context, "", error.what());
        return CJSONSCHEMA_NOT_JSON;
    } catch (const ExternalReference &error) {
        report(context, error.pointer.c_str(), error.what());
        return CJSONSCHEMA_EXTERNAL_REFERENCE;
    } catch (const BadSchema &error) {
        report(context, error.pointer.c_str(), error.what());
        return CJSONSCHEMA_NOT_A_SCHEMA;
    } catch (const std::bad_alloc &) {
        report(context, "", "there is not enough memory");
        return CJSONSCHEMA_FAILED;
    } catch (const std::exception &error) {
        report(context, "", error.what());
        return CJSONSCHEMA_NOT_A_SCHEMA;
    } catch (...) {
        report(context, "", "an unknown error");
        return CJSONSCHEMA_FAILED;
    }
}

}  // namespace

cjsonschema_status cjsonschema_compile(
    const char *text, size_t length, cjsonschema_report report, void *context, cjsonschema_schema **schema) {
    *schema = nullptr;
    return guarded(report, context, [&] {
        Json json = parse(text, length);
        prepare(json);
        auto handle = std::make_unique<cjsonschema_schema>();
        valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
        // The parser owns its builders.
        parser.addConstraintBuilder(patternKeyword, patternBuilder().release());
        parser.addConstraintBuilder(formatKeyword, formatBuilder().release());
        parser.populateSchema(NlohmannJsonAdapter(json), handle->compiled);
        *schema = handle.release();
        return CJSONSCHEMA_OK;
    });
}

cjsonschema_status cjsonschema_validate(
    const cjsonschema_schema *schema, const char *text, size_t length, cjsonschema_report report, void *context) {
    const cjsonschema_status status = guarded(report, context, [&] {
        const Json document = parse(text, length);
        ValidationResults results;
        // A validator keeps a cache, so each call has its own; the compiled schema is only read.
        valijson::Validator validator(valijson::Validator::kStrongTypes);
        if (validator.validate(schema->compiled, NlohmannJsonAdapter(document), &results)) {
            return CJSONSCHEMA_OK;
        }
        for (const auto &error : results) {
            if (!isEcho(error, results)) {
                const auto [where, what] = located(error);
                report(context, where.c_str(), what.c_str());
            }
        }
        if (results.numErrors() == 0) {
            report(context, "", "The value does not satisfy the schema.");
        }
        return CJSONSCHEMA_INVALID;
    });
    // Nothing about the schema can be wrong any more: what is left is a failure of the validator itself.
    return status == CJSONSCHEMA_NOT_A_SCHEMA ? CJSONSCHEMA_FAILED : status;
}

void cjsonschema_free(cjsonschema_schema *schema) { delete schema; }
