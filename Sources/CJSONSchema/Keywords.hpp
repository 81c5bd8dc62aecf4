#ifndef CJSONSCHEMA_KEYWORDS_HPP
#define CJSONSCHEMA_KEYWORDS_HPP

#define VALIJSON_USE_EXCEPTIONS 1

#include <memory>
#include <valijson/constraint_builder.hpp>

namespace cjsonschema {

/// The names under which `pattern` and `format` are handed to the validator, so that the two constraints below stand in
/// for its own: those match bytes instead of characters, and recurse once a character on strings of any length.
extern const char *const patternKeyword;
extern const char *const formatKeyword;

std::unique_ptr<valijson::ConstraintBuilder> patternBuilder();
std::unique_ptr<valijson::ConstraintBuilder> formatBuilder();

}  // namespace cjsonschema

#endif
