import Notation
import Testing

@Suite struct `JSON reading` {
    @Test(arguments: [
        ("null", JSONValue.null), (" \t\r\ntrue\n", .bool(true)), ("false", .bool(false)), ("\"\"", .string("")),
        ("[]", .array([])), ("{}", .object([])), ("[ ]", .array([])), ("{ }", .object([])),
        ("[1,[2]]", .array([.number("1"), .array([.number("2")])])),
        (#"{"b":1,"a":2}"#, .object([.init(name: "b", value: .number("1")), .init(name: "a", value: .number("2"))])),
        (#"{"":0}"#, .object([.init(name: "", value: .number("0"))])),
        (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")),
        (#""\u00e9\u0000""#, .string("\u{E9}\u{0}")), (#""\uD83D\ude00""#, .string("😀")),
        ("\"\u{2028}\u{7F}\"", .string("\u{2028}\u{7F}")), (#""\uFFFF""#, .string("\u{FFFF}")),
    ])
    func `accepts what RFC 8259 allows`(_ text: String, _ value: JSONValue) throws {
        #expect(try JSONValue.parse(text.utf8) == value)
    }

    @Test(arguments: [
        "0", "-0", "1.0", "10", "-12.50", "1e400", "1E+2", "1e-05", "0.1e1", "9007199254740993",
        "123456789012345678901234567890",
    ])
    func `keeps the literal of a number`(_ literal: String) throws {
        let value = try JSONValue.parse(literal.utf8)
        #expect(value == .number(literal))
        #expect(value.compact() == literal)
    }

    @Test(arguments: [
        ("", "the text ends where a value should be", 0),
        ("  ", "the text ends where a value should be", 2),
        ("1 2", "there is more after the value", 2),
        ("nul", "a value should be here", 0),
        ("True", "a value should be here", 0),
        ("NaN", "a value should be here", 0),
        ("'a'", "a value should be here", 0),
        ("// c\n1", "a value should be here", 0),
        ("[1,]", "a value should be here", 3),
        ("[1 2]", "`,` or `]` should be here", 3),
        ("[1", "`,` or `]` should be here", 2),
        (#"{"a":1,}"#, "a name in quotes should be here", 7),
        ("{a:1}", "a name in quotes should be here", 1),
        (#"{"a" 1}"#, "`:` should be here", 5),
        (#"{"a":1 "b":2}"#, "`,` or `}` should be here", 7),
        (#"{"a":}"#, "a value should be here", 5),
        ("01", "a number does not start with 0", 1),
        ("-", "a digit should be here", 1),
        ("-a", "a digit should be here", 1),
        ("1.", "a digit should be here", 2),
        (".5", "a value should be here", 0),
        ("+1", "a value should be here", 0),
        ("1e", "a digit should be here", 2),
        ("1e+", "a digit should be here", 3),
        ("\"a", "the string is not closed", 2),
        ("\"a\nb\"", "a control character in a string has to be escaped", 2),
        ("\"\u{0}\"", "a control character in a string has to be escaped", 1),
        (#""\x""#, "this is not an escape of JSON", 1),
        (#""\u12G4""#, "`\\u` needs four hexadecimal digits", 5),
        (#""\u12"#, "`\\u` needs four hexadecimal digits", 5),
        (#""\uD800""#, "half of a surrogate pair stands alone", 1),
        (#""\uDC00\uD800""#, "half of a surrogate pair stands alone", 1),
        (#""\uD800\u0041""#, "half of a surrogate pair stands alone", 1),
        (#""\uD800x""#, "half of a surrogate pair stands alone", 1),
        ("\u{FEFF}1", "the text starts with a byte order mark", 0),
        ("\u{A0}1", "a value should be here", 0),
        (#"{"a":1,"a":2}"#, "the name \"a\" is given twice", 7),
        (#"{"a":1,"\u0061":2}"#, "the name \"a\" is given twice", 7),
    ])
    func `refuses everything else and says where`(_ text: String, _ message: String, _ offset: Int) {
        let error = #expect(throws: JSONError.self) { try JSONValue.parse(text.utf8) }
        #expect(error == JSONError(message: message, offset: offset))
    }

    @Test(arguments: [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]] as [[UInt8]])
    func `refuses bytes that are not UTF-8`(_ bytes: [UInt8]) {
        let error = #expect(throws: JSONError.self) { try JSONValue.parse(bytes) }
        #expect(error == JSONError(message: "the string is not UTF-8", offset: 0))
    }

    @Test func `tells names apart that are only canonically equal`() throws {
        let value = try JSONValue.parse("{\"\u{E9}\":1,\"e\u{301}\":2}".utf8)
        #expect(value["e\u{301}"] == .number("2"))
        #expect(value["\u{E9}"] == .number("1"))
        #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
    }

    @Test func `stops at the depth limit instead of the end of the stack`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { try JSONValue.parse(nested(JSONValue.deepest + 1).utf8) }
        let error = #expect(throws: JSONError.self) { try JSONValue.parse(nested(1_000_000).utf8) }
        #expect(error?.message == "arrays and objects are nested deeper than 256")
        #expect(error?.offset == JSONValue.deepest + 1)
    }

    @Test func `compares as written`() throws {
        #expect(try JSONValue.parse("1.0".utf8) != JSONValue.parse("1".utf8))
        #expect(try JSONValue.parse(#"{"a":1,"b":2}"#.utf8) != JSONValue.parse(#"{"b":2,"a":1}"#.utf8))
        let values = try ["null", "0", "\"0\"", "[]", "{}", "false"].map { try JSONValue.parse($0.utf8) }
        #expect(Set(values).count == 6)
    }
}
