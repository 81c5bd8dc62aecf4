#include "Keywords.hpp"

#include <regex>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/constraints/concrete_constraints.hpp>
#include <valijson/validation_results.hpp>

#include "Document.hpp"
#include "Formats.hpp"
#include "Patterns.hpp"

namespace cjsonschema {

const char *const patternKeyword = "cjsonschema:pattern";
const char *const formatKeyword = "cjsonschema:format";

namespace {

using valijson::adapters::Adapter;
using valijson::constraints::Constraint;
using Context = std::vector<std::string>;

/// Matching takes time in proportion to text × pattern, with large constants.
constexpr size_t longestMatched = 64 * 1024;

/// What both constraints share: they speak about strings only, and are copied by the validator's allocator.
template <typename Self>
class StringConstraint : public valijson::constraints::PolyConstraint {
public:
    bool validate(
        const Adapter &target, const Context &context, valijson::ValidationResults *results) const override {
        if (!target.isString()) {
            return true;
        }
        const std::string problem = static_cast<const Self *>(this)->problem(target.asString());
        if (!problem.empty() && results != nullptr) {
            results->pushError(context, problem);
        }
        return problem.empty();
    }

private:
    Constraint *cloneInto(void *memory) const override {
        return new (memory) Self(*static_cast<const Self *>(this));
    }

    size_t sizeOf() const override { return sizeof(Self); }
};

class Pattern : public StringConstraint<Pattern> {
public:
    explicit Pattern(const std::string &source)
        : source(source), compiled(std::make_shared<const std::wregex>(expression(source))) {}

    std::string problem(const std::string &text) const {
        if (text.size() > longestMatched) {
            return "The string is too long (over 64 KiB) to be matched against the pattern '" + source + "'.";
        }
        try {
            return std::regex_search(widened(text), *compiled)
                ? ""
                : "The string does not match the pattern '" + source + "'.";
        } catch (const std::regex_error &) {
            return "The pattern '" + source + "' is too costly to be matched against this string.";
        }
    }

private:
    std::string source;
    std::shared_ptr<const std::wregex> compiled;
};

class Format : public StringConstraint<Format> {
public:
    explicit Format(const std::string &name) : name(name) {}

    std::string problem(const std::string &text) const {
        return hasFormat(text, name) ? "" : "The string is not a valid '" + name + "'.";
    }

private:
    std::string name;
};

template <typename Built>
struct Builder : valijson::ConstraintBuilder {
    Constraint *make(const Adapter &value) const override { return new Built(value.asString()); }
};

}  // namespace

std::unique_ptr<valijson::ConstraintBuilder> patternBuilder() { return std::make_unique<Builder<Pattern>>(); }

std::unique_ptr<valijson::ConstraintBuilder> formatBuilder() { return std::make_unique<Builder<Format>>(); }

}  // namespace cjsonschema
