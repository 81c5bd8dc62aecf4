#ifndef CJSONSCHEMA_PATTERNS_HPP
#define CJSONSCHEMA_PATTERNS_HPP

#include <regex>
#include <string>

namespace cjsonschema {

/// Compiles an ECMAScript pattern for libstdc++'s breadth-first matcher. Its default matcher goes one or more stack
/// frames deeper with every character, so that a long string could end the program, and may take exponential time.
/// Throws std::regex_error, for back-references too, which that matcher does not know.
std::wregex expression(const std::string &pattern);

}  // namespace cjsonschema

#endif
