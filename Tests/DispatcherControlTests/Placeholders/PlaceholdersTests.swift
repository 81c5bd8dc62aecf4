import DispatcherControl
import Notation
import Testing

@Suite struct `Filling of placeholders` {
    private let values = Placeholders([
        "name": .string("n"),
        "count": .number("3"),
        "flag": .bool(true),
        "list": .array([.string("a"), .string("b")]),
        "nothing": .array([]),
        "thing": .object([JSONMember(name: "k", value: .number("1"))]),
    ])

    @Test(arguments: [
        ("{name}", "n"), ("<{name}{count}>", "<n3>"), ("{flag}", "true"), ("{thing}", #"{"k":1}"#),
        ("{Name} {} { name } {na-me}", "{Name} {} { name } {na-me}"), ("{{name}}", "{n}"), ("", ""),
    ])
    func `are replaced in a text`(_ template: String, _ text: String) throws {
        #expect(try values.fill(template) == text)
    }

    @Test func `without a value are told with the text they stand in`() throws {
        let error = try #require(throws: DispatcherError.self) { try values.fill("http://h/{missing}") }
        #expect(
            error.description == "`{missing}` in 'http://h/{missing}' has no value here; "
                + "check that the endpoint has one, or that what captures it found one"
        )
    }

    @Test(arguments: [
        (#"{"a":"{thing}"}"#, #"{"a":{"k":1}}"#),
        (#"{"a":"{list}","b":"{count}"}"#, #"{"a":["a","b"],"b":3}"#),
        (#"{"a":"x {count}","b":[1,null,true]}"#, #"{"a":"x 3","b":[1,null,true]}"#),
        (#"{"a":"{missing}","b":1}"#, #"{"b":1}"#),
        (#"{"a":{"b":"{missing}"},"c":1}"#, #"{"c":1}"#),
        (#"{"a":{},"b":["{missing}","{name}"]}"#, #"{"a":{},"b":["n"]}"#),
        (#""{thing}""#, #"{"k":1}"#),
    ])
    func `fill a body, and a member without value is left out`(_ template: String, _ body: String) throws {
        let filled = try values.fill(try JSONValue.parse(Array(template.utf8)))
        #expect(filled?.compact() == body)
    }

    @Test func `leave no body when nothing of it has a value`() throws {
        #expect(try values.fill(JSONValue.string("{missing}")) == nil)
        #expect(throws: DispatcherError.self) { try values.fill(JSONValue.string("x{missing}")) }
    }

    @Test func `that name a list repeat their argument`() throws {
        #expect(
            try values.arguments(["run", "--name={list}", "{count}", "--none={nothing}"])
                == ["run", "--name=a", "--name=b", "3"]
        )
    }

    @Test func `are overridden by what is added`() throws {
        let more = values.adding(Placeholders(["name": .string("m")]))
        #expect(try more.fill("{name}{count}") == "m3")
    }
}
