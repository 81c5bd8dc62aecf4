#include "Formats.hpp"

namespace cjsonschema {

namespace {

/// Reads a text from left to right; a failed read leaves it failed.
class Reader {
public:
    explicit Reader(const std::string &text) : text(text) {}

    int digits(int count) {
        int value = 0;
        for (int read = 0; read < count; read += 1) {
            if (!isDigit()) {
                failed = true;
                return 0;
            }
            value = value * 10 + (text[position++] - '0');
        }
        return value;
    }

    bool take(const char *anyOf) {
        if (position < text.size() && std::string(anyOf).find(text[position]) != std::string::npos) {
            position += 1;
            return true;
        }
        return false;
    }

    void expect(const char *anyOf) { failed = !take(anyOf) || failed; }

    void require(bool condition) { failed = failed || !condition; }

    void fraction() {
        if (take(".")) {
            require(isDigit());
            while (isDigit()) {
                position += 1;
            }
        }
    }

    bool ended() const { return !failed && position == text.size(); }

private:
    bool isDigit() const { return position < text.size() && text[position] >= '0' && text[position] <= '9'; }

    const std::string &text;
    size_t position = 0;
    bool failed = false;
};

int daysIn(int month, int year) {
    if (month == 2) {
        const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        return leap ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

void readDate(Reader &reader) {
    const int year = reader.digits(4);
    reader.expect("-");
    const int month = reader.digits(2);
    reader.expect("-");
    const int day = reader.digits(2);
    reader.require(month >= 1 && month <= 12 && day >= 1 && day <= daysIn(month, year));
}

void readTime(Reader &reader) {
    reader.require(reader.digits(2) <= 23);
    reader.expect(":");
    reader.require(reader.digits(2) <= 59);
    reader.expect(":");
    // A leap second is written 60.
    reader.require(reader.digits(2) <= 60);
    reader.fraction();
    if (!reader.take("Zz")) {
        reader.expect("+-");
        reader.require(reader.digits(2) <= 23);
        reader.expect(":");
        reader.require(reader.digits(2) <= 59);
    }
}

}  // namespace

bool hasFormat(const std::string &text, const std::string &name) {
    Reader reader(text);
    if (name == "date") {
        readDate(reader);
    } else if (name == "time") {
        readTime(reader);
    } else if (name == "date-time") {
        readDate(reader);
        reader.expect("Tt");
        readTime(reader);
    } else {
        return true;
    }
    return reader.ended();
}

}  // namespace cjsonschema
