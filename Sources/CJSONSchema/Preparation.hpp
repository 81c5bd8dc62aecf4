#ifndef CJSONSCHEMA_PREPARATION_HPP
#define CJSONSCHEMA_PREPARATION_HPP

#include "Document.hpp"

namespace cjsonschema {

/// What is wrong with a schema, and where in it.
struct BadSchema : std::runtime_error {
    BadSchema(std::string pointer, const std::string &what)
        : std::runtime_error(what), pointer(std::move(pointer)) {}
    std::string pointer;
};

/// The schema leads outside itself.
struct ExternalReference : BadSchema {
    using BadSchema::BadSchema;
};

/// Checks what the validator's own parser takes on trust (types of keywords, patterns that compile, references that
/// stay inside and end somewhere), and renames `pattern` and `format` to the keywords of Keywords.hpp.
/// Throws BadSchema or ExternalReference.
void prepare(Json &schema);

}  // namespace cjsonschema

#endif
