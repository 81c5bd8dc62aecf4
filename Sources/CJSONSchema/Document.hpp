#ifndef CJSONSCHEMA_DOCUMENT_HPP
#define CJSONSCHEMA_DOCUMENT_HPP

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace cjsonschema {

using Json = nlohmann::json;

/// The text is not JSON, or is JSON that cannot be held.
struct NotJson : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Parses UTF-8 JSON. Whole numbers written as `1.0` become integers, because draft-07 counts them as such.
/// Throws NotJson.
Json parse(const char *text, size_t length);

/// A string of Unicode scalars, so that one character of a pattern is one character of the text.
std::wstring widened(const std::string &utf8);

/// Appends one RFC 6901 reference token to a pointer.
std::string appended(const std::string &pointer, const std::string &token);

}  // namespace cjsonschema

#endif
