#include "Patterns.hpp"

#include "Document.hpp"

namespace cjsonschema {

std::wregex expression(const std::string &pattern) {
    return std::wregex(widened(pattern), std::regex_constants::ECMAScript | std::regex_constants::__polynomial);
}

}  // namespace cjsonschema
