import Testing
import WebhookContracts

@Suite struct `Payload schema` {
    private let schema = #"""
        {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "type": "object",
          "required": ["event", "job"],
          "additionalProperties": false,
          "properties": {
            "event": { "enum": ["job.created", "job.deleted"] },
            "count": { "type": "integer", "minimum": 0 },
            "ratio": { "type": "number", "maximum": 10 },
            "pattern": { "type": "string", "maxLength": 5 },
            "job": { "$ref": "#/definitions/job" }
          },
          "definitions": {
            "job": {
              "type": "object",
              "required": ["id"],
              "properties": {
                "id": { "type": "string", "pattern": "^.{3}$" },
                "at": { "type": "string", "format": "date-time" },
                "a/b~c": { "type": "null" },
                "tags": { "type": "array", "items": { "type": "string" } }
              }
            }
          }
        }
        """#

    private func problems(_ document: String) throws -> [PayloadProblem] {
        try PayloadSchema(json: schema, name: "envelope.json").problems(in: Array(document.utf8))
    }

    private func pointers(_ document: String) throws -> [String] {
        try problems(document).map(\.pointer)
    }

    @Test func `has no problem with a document that keeps it`() throws {
        let document = #"""
            {"event":"job.created","count":2,"ratio":1.5,"pattern":"(",
             "job":{"id":"äöü","at":"2026-03-03T14:30:00.5-06:00","tags":["a"],"more":true}}
            """#
        #expect(try problems(document) == [])
    }

    @Test func `names required members that are missing`() throws {
        let found = try problems("{}")
        #expect(found.map(\.pointer) == ["", ""])
        #expect(found.contains { $0.message.contains("event") })
        #expect(found.contains { $0.message.contains("job") })
    }

    @Test(arguments: [
        (#"{"event":"job.created","job":{"id":5}}"#, "/job/id"),
        (#"{"event":"job.created","job":{"id":"abcd"}}"#, "/job/id"),
        (#"{"event":"job.created","job":{"id":"aé"}}"#, "/job/id"),
        (#"{"event":"job.renamed","job":{"id":"abc"}}"#, "/event"),
        (#"{"event":"job.created","job":{"id":"abc","tags":["a",1]}}"#, "/job/tags/1"),
        (#"{"event":"job.created","job":{"id":"abc","a/b~c":1}}"#, "/job/a~1b~0c"),
        (#"{"event":"job.created","job":{"id":"abc"},"extra":1}"#, "/extra"),
        (#"{"event":"job.created","job":{"id":"abc"},"count":-1}"#, "/count"),
        (#"{"event":"job.created","job":{"id":"abc"},"count":1.5}"#, "/count"),
        (#"{"event":"job.created","job":{"id":"abc"},"pattern":"abcdef"}"#, "/pattern"),
        (#"{"event":"job.created","job":{}}"#, "/job"),
        (#"[]"#, ""),
    ])
    func `points at the value that is wrong`(document: String, pointer: String) throws {
        let found = try pointers(document)
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0 == pointer })
    }

    @Test func `reports every problem at once`() throws {
        let document = #"{"event":"x","job":{"id":"abcd","tags":[1]},"extra":1}"#
        #expect(try Set(pointers(document)) == ["/event", "/job/id", "/job/tags/0", "/extra"])
    }

    @Test(arguments: [
        ("2024-02-29T00:00:00Z", true), ("2016-12-31T23:59:60Z", true), ("2021-08-12T16:31:36-06:00", true),
        ("2023-02-29T00:00:00Z", false), ("2024-02-01", false), ("2024-02-01T00:00:00", false),
        ("2024-13-01T00:00:00Z", false), ("2024-01-01T24:00:00Z", false), ("2024-01-01T00:00:00.Z", false),
    ])
    func `checks date-time as RFC 3339 has it`(time: String, isValid: Bool) throws {
        let found = try pointers(#"{"event":"job.created","job":{"id":"abc","at":"\#(time)"}}"#)
        #expect(found == (isValid ? [] : ["/job/at"]))
    }

    @Test(arguments: ["", "not json", "{", #"{"event":"job.created"} x"#, #"{'a':1}"#, #"{"a":NaN}"#])
    func `says so when a body is not JSON`(body: String) throws {
        let found = try problems(body)
        #expect(found.map(\.pointer) == [""])
        #expect(found.first?.message.contains("not usable JSON") == true)
    }

    @Test func `says so when a body is not UTF-8`() throws {
        let bytes = Array(#"{"event":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)
        let found = try PayloadSchema(json: schema, name: "envelope.json").problems(in: bytes)
        #expect(found.count == 1)
        #expect(found.first?.message.contains("not usable JSON") == true)
    }

    @Test func `survives numbers of any size`() throws {
        let opening = #"{"event":"job.created","job":{"id":"abc"},"#
        #expect(try pointers(opening + #""count":9007199254740993}"#) == [])
        #expect(try pointers(opening + #""count":1.0}"#) == [])
        #expect(try pointers(opening + #""ratio":1e400}"#) == ["/ratio"])
        #expect(try pointers(opening + #""ratio":-1e400,"pattern":"1e400"}"#) == [])
        #expect(try pointers(opening + #""ratio":1e-400}"#) == [])
        #expect(try pointers(opening + #""count":99999999999999999999}"#) == ["/count"])
    }

    @Test func `survives unusual text and depth`() throws {
        let opening = #"{"event":"job.created","job":"#
        #expect(try pointers(opening + "{\"id\":\"abc\",\"x\":\"a\u{2028}\u{2029}b\"}}") == [])
        #expect(try pointers(opening + #"{"id":"abc","x":"\u0000\ud83e\udea9"}}"#) == [])
        let deep = String(repeating: "[", count: 200_000)
        #expect(try pointers(deep) == [""])
        let long = String(repeating: "x", count: 1 << 20)
        #expect(try pointers(opening + "{\"id\":\"abc\",\"x\":\"\(long)\"}}") == [])
        #expect(try pointers(opening + "{\"id\":\"\(long)\"}}") == ["/job/id"])
        #expect(try pointers(opening + "{\"id\":\"abc\",\"at\":\"\(long)\"}}") == ["/job/at"])
    }

    @Test func `matches long strings without exhausting the stack`() throws {
        let strict = try PayloadSchema(json: #"{"pattern":"^(a|b)*$"}"#, name: "ab")
        let text = String(repeating: "ab", count: 8_000)
        #expect(strict.problems(in: Array("\"\(text)\"".utf8)) == [])
        #expect(strict.problems(in: Array("\"\(text)c\"".utf8)).count == 1)
    }

    @Test func `may be used by many tasks at once`() async throws {
        let shared = try PayloadSchema(json: schema, name: "envelope.json")
        let good = Array(#"{"event":"job.created","job":{"id":"abc"}}"#.utf8)
        let bad = Array(#"{"event":"job.created","job":{"id":"abcd"}}"#.utf8)
        let counts = await withTaskGroup(of: Int.self) { group in
            for index in 0..<64 {
                group.addTask { shared.problems(in: index.isMultiple(of: 2) ? good : bad).count }
            }
            return await group.reduce(into: 0) { $0 += $1 }
        }
        #expect(counts == 32)
    }
}

@Suite struct `A broken payload schema` {
    private func error(_ json: String) throws -> PayloadSchemaError {
        try #require(throws: PayloadSchemaError.self) { try PayloadSchema(json: json, name: "broken.json") }
    }

    @Test(arguments: ["", "nope", #"{"type":"object""#, "{]"])
    func `that is not JSON is refused`(json: String) throws {
        let error = try error(json)
        #expect(error.cause == .notJSON)
        #expect("\(error)".contains("broken.json"))
    }

    @Test(arguments: [
        (#"5"#, ""),
        (#"{"type":"strng"}"#, "/type"),
        (#"{"properties":{"a":{"type":["string",1]}}}"#, "/properties/a/type"),
        (#"{"required":"a"}"#, "/required"),
        (#"{"properties":[]}"#, "/properties"),
        (#"{"properties":{"a":5}}"#, "/properties/a"),
        (#"{"properties":{"a":{"pattern":"("}}}"#, "/properties/a/pattern"),
        (#"{"patternProperties":{"[":{}}}"#, "/patternProperties"),
        (#"{"enum":[]}"#, "/enum"),
        (#"{"anyOf":{}}"#, "/anyOf"),
        (#"{"minLength":-1}"#, ""),
        (##"{"$ref":"#/definitions/none"}"##, "/$ref"),
        (##"{"$ref":"#"}"##, ""),
        (##"{"allOf":[{"$ref":"#"}]}"##, "/allOf"),
        (##"{"definitions":{"a":{"$ref":"#/definitions/b"},"b":{"$ref":"#/definitions/a"}}}"##, "/definitions/a"),
    ])
    func `that is JSON is refused with the place`(json: String, pointer: String) throws {
        let error = try error(json)
        #expect(error.cause == .notASchema)
        #expect(error.pointer == pointer)
    }

    @Test(arguments: [#"{"$ref":"other.json#/x"}"#, #"{"items":{"$ref":"https://example.com/schema"}}"#])
    func `that leads to another document is refused`(json: String) throws {
        let error = try error(json)
        #expect(error.cause == .externalReference)
        #expect(error.message.contains("definitions"))
    }

    @Test func `is not one that refers to itself in depth`() throws {
        let tree = try PayloadSchema(
            json: ##"{"properties":{"child":{"$ref":"#"},"name":{"type":"string"}}}"##,
            name: "tree.json"
        )
        let document = #"{"child":{"child":{"name":1}}}"#
        #expect(tree.problems(in: Array(document.utf8)).map(\.pointer) == ["/child/child/name"])
    }
}
