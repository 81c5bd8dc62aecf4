import Notation
import Testing

@Suite struct `JSON pointer` {
    /// The document of RFC 6901, section 5.
    let document: JSONValue

    init() throws {
        let text = #"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}"#
        document = try JSONValue.parse(text.utf8)
    }

    @Test(arguments: [
        ("/foo/0", "\"bar\""), ("/foo", #"["bar","baz"]"#), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"), ("/e^f", "3"),
        ("/g|h", "4"), ("/i\\j", "5"), ("/k\"l", "6"), ("/ ", "7"), ("/m~0n", "8"),
    ])
    func `names the values of the RFC's example`(_ text: String, _ value: String) throws {
        let pointer = try JSONPointer(text)
        #expect(document[pointer]?.compact() == value)
        #expect(pointer.text == text)
    }

    @Test func `the empty pointer is the whole document`() throws {
        #expect(try document[JSONPointer("")] == document)
        #expect(try JSONPointer("").tokens.isEmpty)
    }

    @Test(arguments: [
        "/nope", "/foo/2", "/foo/-", "/foo/00", "/foo/+0", "/foo/a", "/foo/", "/a~1b/x", "/foo/99999999999999999999",
    ])
    func `names nothing`(_ text: String) throws {
        #expect(try document[JSONPointer(text)] == nil)
    }

    @Test func `undoes escapes in the right order`() throws {
        #expect(try JSONPointer("/~01").tokens == ["~1"])
        #expect(JSONPointer(tokens: ["~1", "a/b", ""]).text == "/~01/a~1b/")
    }

    @Test func `takes a slash for a slash although a combining mark follows`() throws {
        #expect(try JSONPointer("/a/\u{301}").tokens == ["a", "\u{301}"])
    }

    @Test(arguments: [
        ("foo", "'foo' is not a JSON pointer"), ("#/foo", "'#/foo' is not a JSON pointer"),
        ("/a~2", "'/a~2' has a `~` that is no escape"), ("/a~", "'/a~' has a `~` that is no escape"),
    ])
    func `refuses other forms`(_ text: String, _ message: String) {
        let error = #expect(throws: NotationError.self) { try JSONPointer(text) }
        #expect(error?.message == message)
    }
}

@Suite struct `JSON editing` {
    private func value(_ text: String) throws -> JSONValue {
        try JSONValue.parse(text.utf8)
    }

    @Test(arguments: [
        (#"{"a":1,"b":2}"#, "/a", #"{"a":9,"b":2}"#),
        (#"{"a":1,"b":2}"#, "/c", #"{"a":1,"b":2,"c":9}"#),
        (#"{"a":{"x":1.0,"y":2}}"#, "/a/x", #"{"a":{"x":9,"y":2}}"#),
        (#"{"a":[1,2]}"#, "/a/1", #"{"a":[1,9]}"#),
        (#"[{"a":1}]"#, "/0/b", #"[{"a":1,"b":9}]"#),
        ("{}", "", "9"),
    ])
    func `sets a value in its place`(_ before: String, _ pointer: String, _ after: String) throws {
        #expect(try value(before).setting(.number("9"), at: JSONPointer(pointer))?.compact() == after)
    }

    @Test(arguments: [("1", "/a"), (#"{"a":1}"#, "/a/b"), ("{}", "/a/b"), ("[1]", "/1"), ("[1]", "/-")])
    func `sets nothing when the parent cannot hold it`(_ before: String, _ pointer: String) throws {
        #expect(try value(before).setting(.null, at: JSONPointer(pointer)) == nil)
    }

    @Test(arguments: [
        (#"{"a":1,"b":2,"c":3}"#, "/b", #"{"a":1,"c":3}"#),
        (#"{"a":{"x":1,"y":2}}"#, "/a/x", #"{"a":{"y":2}}"#),
        ("[1,2,3]", "/1", "[1,3]"),
        ("[1]", "/1", "[1]"),
        (#"{"a":1}"#, "/x/y", #"{"a":1}"#),
        (#"{"a":1}"#, "/b", #"{"a":1}"#),
        (#"{"a":1}"#, "", "null"),
    ])
    func `removes a value`(_ before: String, _ pointer: String, _ after: String) throws {
        #expect(try value(before).removing(at: JSONPointer(pointer)).compact() == after)
    }

    @Test func `gives each kind only as itself`() throws {
        let values = try value(#"["1",true,1,[],{},null,1.0]"#).items ?? []
        #expect(values.map(\.stringValue) == ["1", nil, nil, nil, nil, nil, nil])
        #expect(values.map(\.boolValue) == [nil, true, nil, nil, nil, nil, nil])
        #expect(values.map(\.intValue) == [nil, nil, 1, nil, nil, nil, nil])
        #expect(values.map { $0.items != nil } == [false, false, false, true, false, false, false])
        #expect(values.map { $0.members != nil } == [false, false, false, false, true, false, false])
        let kinds = ["a string", "a boolean", "a number", "an array", "an object", "null", "a number"]
        #expect(values.map(\.kindName) == kinds)
    }
}
