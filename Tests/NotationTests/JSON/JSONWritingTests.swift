import Notation
import Testing

@Suite struct `JSON writing` {
    let text = #"{"z":[1,2.50,{"b":null,"a":true}],"é":"x/y","a":"","Z":{},"list":[]}"#

    @Test func `compact keeps order, literals and characters`() throws {
        #expect(try JSONValue.parse(text.utf8).compact() == text)
    }

    @Test func `spaced is Python's layout`() throws {
        let expected = #"{"z": [1, 2.50, {"b": null, "a": true}], "é": "x/y", "a": "", "Z": {}, "list": []}"#
        #expect(try JSONValue.parse(text.utf8).spaced() == expected)
    }

    @Test func `sorted orders the names of every object by code point`() throws {
        let expected = #"{"Z":{},"a":"","list":[],"z":[1,2.50,{"a":true,"b":null}],"é":"x/y"}"#
        #expect(try JSONValue.parse(text.utf8).sortedCompact() == expected)
        let astral = JSONValue.object([.init(name: "😀", value: .null), .init(name: "\u{FFFD}", value: .null)])
        #expect(astral.sortedCompact() == "{\"\u{FFFD}\":null,\"😀\":null}")
    }

    @Test func `escapes only what has to be escaped`() {
        let value = JSONValue.string("\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1F}\u{7F}\u{2028}\u{2029}é😀")
        #expect(value.compact() == "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u{7F}\u{2028}\u{2029}é😀\"")
    }

    @Test(arguments: ["\u{2028}", "\r\n", "e\u{301}", "\u{E9}", "👩‍👩‍👧", "\u{0}"])
    func `reads back what it wrote, byte for byte`(_ text: String) throws {
        let back = try #require(try JSONValue.parse(JSONValue.string(text).compact().utf8).stringValue)
        #expect(Array(back.utf8) == Array(text.utf8))
    }
}
