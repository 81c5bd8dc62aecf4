import DeliveryScenarios
import Notation
import Testing

@Suite struct `Rules of a receiver` {
    private func endpoint(_ settings: String) throws -> ScenarioEndpoint {
        let scenario = try TestContract.scenario("scenario: Rules\nendpoint:\n\(settings)\nsteps: [quiet]\n")
        return try #require(scenario.endpoints.first)
    }

    @Test func `say what a request must be like, and what it gets`() throws {
        let endpoint = try endpoint(
            """
              match:
                - name: orders
                  when:
                    method: [POST, PUT]
                    path: { starts_with: /orders }
                    headers: { X-Foo: bar, X-Bar: present, X-Baz: absent, X-Word: "present", X-Shape: { like: "a*b" } }
                    body: { /data/id: 5, /data/name: { contains: x } }
                    signature: invalid
                  receiver:
                    - { respond: 500, times: 2 }
                    - { fault: reset, every: 3rd }
                    - respond: 200
                - when: { path: /x }
                  receiver: [{ respond: 410 }]
              seed: 7
            """
        )
        let script = endpoint.script
        #expect(script.turns.isEmpty && script.interruptions.isEmpty && script.seed == 7)
        #expect(script.rules.map(\.name) == ["orders", "rule-2"])
        #expect(
            script.rules[0].pattern
                == RequestPattern(
                    methods: ["POST", "PUT"],
                    path: .startsWith("/orders"),
                    headers: [
                        .init(name: "X-Foo", value: .equals("bar")), .init(name: "X-Bar", value: .present),
                        .init(name: "X-Baz", value: .absent), .init(name: "X-Word", value: .equals("present")),
                        .init(name: "X-Shape", value: .like("a*b")),
                    ],
                    fields: [
                        .init(pointer: try JSONPointer("/data/id"), value: .equals("5")),
                        .init(pointer: try JSONPointer("/data/name"), value: .contains("x")),
                    ],
                    signature: .invalid
                )
        )
        #expect(script.rules[0].turns.map(\.times) == [2, 1])
        #expect(script.rules[0].interruptions.map(\.moment) == [.every(3)])
        #expect(script.rules[1].pattern == RequestPattern(path: .equals("/x")))
        #expect(endpoint.replyPositions[ReplyPlace(rule: "orders", item: .turn(2))]?.line == 14)
    }

    @Test func `stand beside the receiver's own replies`() throws {
        let scenario = try TestContract.scenario(
            """
            scenario: Both
            endpoints:
              a:
                match: [{ when: { method: GET }, receiver: [{ respond: 405 }] }]
                receiver: [{ respond: 500 }]
            steps: [quiet]
            """
        )
        let script = try #require(scenario.endpoints.first).script
        #expect(script.rules.count == 1 && script.replies == [.respond(Response(status: 500))])
    }

    @Test(
        arguments: [
            ("[]", "`match` must have 1 to 100 rules"),
            ("[rule]", "a rule must be a mapping, not text"),
            ("[{ receiver: [{ respond: 1 }] }]", "a rule needs the key `when`"),
            ("[{ when: { path: /a } }]", "a rule needs the key `receiver`"),
            (
                "[{ when: {}, receiver: [{ respond: 200 }] }]",
                "`when` says nothing, so the rule would take every request"
            ),
            (
                "[{ name: A b, when: { path: /a }, receiver: [{ respond: 200 }] }]",
                "`name`: 'A b' is not a name for a rule"
            ),
            ("[{ when: { pahts: /a }, receiver: [{ respond: 200 }] }]", "`pahts` is not a key of a pattern"),
            ("[{ when: { method: post }, receiver: [{ respond: 200 }] }]", "'post' is not a method"),
            ("[{ when: { path: hooks }, receiver: [{ respond: 200 }] }]", "'hooks' is not a path"),
            ("[{ when: { path: \"/a*\" }, receiver: [{ respond: 200 }] }]", "`*` stands for itself here"),
            (
                "[{ when: { path: /a?b }, receiver: [{ respond: 200 }] }]",
                "`path` is held against the target without its query"
            ),
            (
                "[{ when: { headers: { 'a b': c } }, receiver: [{ respond: 200 }] }]",
                "'a b' is not the name of a header"
            ),
            ("[{ when: { headers: { a: } }, receiver: [{ respond: 200 }] }]", "`a` has no value to compare with"),
            ("[{ when: { headers: { a: [b] } }, receiver: [{ respond: 200 }] }]", "`a` must be a text or a comparison"),
            (
                "[{ when: { headers: { a: { is: b } } }, receiver: [{ respond: 200 }] }]",
                "`is` is not a key of a comparison"
            ),
            (
                "[{ when: { headers: { a: { equals: b, like: c } } }, receiver: [{ respond: 200 }] }]",
                "a comparison needs one of `equals`, `contains`, `starts_with`, `like`"
            ),
            ("[{ when: { body: { id: 5 } }, receiver: [{ respond: 200 }] }]", "'id' is not a JSON pointer"),
            ("[{ when: { signature: good }, receiver: [{ respond: 200 }] }]", "`signature` cannot be 'good'"),
            (
                "[{ when: { path: /a }, receiver: [{ fault: expired }] }]",
                "\"fault expired\" happens before a request can be read, so no rule can choose it"
            ),
            (
                "[{ name: a, when: { path: /a }, receiver: [{ respond: 200 }] }, { name: a, when: { path: /b }, receiver: [{ respond: 200 }] }]",
                "two rules are called `a`"
            ),
            (
                "[{ when: { body: { /a: 1 } }, receiver: [{ fault: hang after head }] }]",
                "\"fault hang after head\" begins before the body is read, and what chooses the reply stands in it"
            ),
        ]
    )
    func `are checked`(_ match: String, _ message: String) {
        let error = #expect(throws: DiagnosticList.self) { try endpoint("  match: \(match)") }
        let messages = error?.diagnostics.map(\.message) ?? []
        #expect(messages.contains { $0.hasPrefix(message) }, "\(messages)")
    }

    private static func pattern(_ path: TextPattern?, _ methods: [String] = []) -> RequestPattern {
        RequestPattern(methods: methods, path: path)
    }

    @Test(
        arguments: [
            (pattern(.startsWith("/a")), pattern(.equals("/ab")), true),
            (pattern(.startsWith("/a")), pattern(.startsWith("/ab")), true),
            (pattern(.startsWith("/ab")), pattern(.startsWith("/a")), false),
            (pattern(.contains("b")), pattern(.startsWith("/ab")), true),
            (pattern(.like("/*b")), pattern(.equals("/ab")), true),
            (pattern(.like("*")), pattern(nil), true),
            (pattern(.startsWith("/")), pattern(nil), true),
            (pattern(.equals("/a")), pattern(nil), false),
            (pattern(nil, ["POST", "PUT"]), pattern(.equals("/a"), ["POST"]), true),
            (pattern(nil, ["POST"]), pattern(.equals("/a"), ["POST", "PUT"]), false),
            (pattern(nil, ["POST"]), pattern(.equals("/a")), false),
            (
                RequestPattern(headers: [.init(name: "a", value: .present)]),
                RequestPattern(headers: [.init(name: "A", value: .equals("b"))]), true
            ),
            (
                RequestPattern(headers: [.init(name: "a", value: .present)]),
                RequestPattern(headers: [.init(name: "A", value: .absent)]), false
            ),
            (RequestPattern(signature: .valid), RequestPattern(signature: .valid), true),
            (RequestPattern(signature: .valid), RequestPattern(), false),
        ]
    )
    func `that leave nothing to another are known`(_ first: RequestPattern, _ second: RequestPattern, _ covers: Bool) {
        #expect(first.covers(second) == covers)
    }
}
