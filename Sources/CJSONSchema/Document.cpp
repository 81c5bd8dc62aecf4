#include "Document.hpp"

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace cjsonschema {

namespace {

constexpr int deepest = 256;
/// The validator matches member names by recursion, a few kilobytes of stack a character.
constexpr size_t longestName = 1024;

Json parseStrictly(const std::string &text) {
    return Json::parse(text, [](int depth, Json::parse_event_t event, Json &value) {
        if (depth > deepest) {
            throw NotJson("it is nested deeper than 256 levels");
        }
        if (event == Json::parse_event_t::key && value.get_ref<const std::string &>().size() > longestName) {
            throw NotJson("it has a member name longer than 1024 bytes");
        }
        return true;
    });
}

/// RFC 8259 allows any exponent, a double does not. Numbers that overflow are replaced by the greatest double: they
/// stay numbers, and stay above every maximum that a schema can state.
std::string withoutOverflow(const std::string &text) {
    std::string result;
    result.reserve(text.size());
    bool inString = false;
    for (size_t index = 0; index < text.size();) {
        const char character = text[index];
        if (inString) {
            const size_t step = character == '\\' && index + 1 < text.size() ? 2 : 1;
            inString = character != '"';
            result.append(text, index, step);
            index += step;
        } else if (character == '-' || (character >= '0' && character <= '9')) {
            size_t end = text.find_first_not_of("0123456789+-.eE", index);
            end = end == std::string::npos ? text.size() : end;
            const std::string number = text.substr(index, end - index);
            const bool overflows = std::isinf(std::strtod(number.c_str(), nullptr));
            const char *greatest = character == '-' ? "-1.7976931348623157e308" : "1.7976931348623157e308";
            result += overflows ? greatest : number;
            index = end;
        } else {
            inString = character == '"';
            result += character;
            index += 1;
        }
    }
    return result;
}

void makeWholeNumbersIntegers(Json &root) {
    std::vector<Json *> open{&root};
    while (!open.empty()) {
        Json &value = *open.back();
        open.pop_back();
        if (value.is_structured()) {
            for (Json &child : value) {
                open.push_back(&child);
            }
        } else if (value.is_number_float()) {
            const double number = value.get<double>();
            if (std::fabs(number) < 9.2e18 && std::trunc(number) == number) {
                value = static_cast<std::int64_t>(number);
            }
        } else if (value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX) {
            // The validator reads every integer as a signed one; as a double it keeps its sign and size.
            value = static_cast<double>(value.get<std::uint64_t>());
        }
    }
}

/// The library's sentence without its own error number, e.g. "parse error at line 1, column 2: …".
std::string reason(const std::exception &error) {
    const char *text = error.what();
    const char *end = std::strstr(text, "] ");
    return end == nullptr ? text : end + 2;
}

}  // namespace

Json parse(const char *text, size_t length) {
    const std::string source(text, length);
    Json document;
    try {
        try {
            document = parseStrictly(source);
        } catch (const Json::out_of_range &) {
            document = parseStrictly(withoutOverflow(source));
        }
    } catch (const Json::exception &error) {
        throw NotJson(reason(error));
    }
    makeWholeNumbersIntegers(document);
    return document;
}

std::wstring widened(const std::string &utf8) {
    std::wstring result;
    result.reserve(utf8.size());
    for (size_t index = 0; index < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[index]);
        const size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        wchar_t scalar = size == 1 ? lead : lead & (0xFF >> (size + 1));
        for (size_t offset = 1; offset < size && index + offset < utf8.size(); offset += 1) {
            scalar = (scalar << 6) | (static_cast<unsigned char>(utf8[index + offset]) & 0x3F);
        }
        result += scalar;
        index += size;
    }
    return result;
}

std::string appended(const std::string &pointer, const std::string &token) {
    std::string result = pointer + "/";
    for (const char character : token) {
        switch (character) {
        case '~': result += "~0"; break;
        case '/': result += "~1"; break;
        case '\0': result += "\\u0000"; break;
        default: result += character;
        }
    }
    return result;
}

}  // namespace cjsonschema
