#ifndef CJSONSCHEMA_FORMATS_HPP
#define CJSONSCHEMA_FORMATS_HPP

#include <string>

namespace cjsonschema {

/// Whether `text` has the draft-07 format `name` (`date`, `time` or `date-time`, RFC 3339). Any other name holds.
bool hasFormat(const std::string &text, const std::string &name);

}  // namespace cjsonschema

#endif
