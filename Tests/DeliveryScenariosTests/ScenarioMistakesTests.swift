import DeliveryScenarios
import Notation
import Testing

@Suite struct `Mistakes in a scenario file` {
    private func rendered(_ text: String) -> String {
        let source = SourceText(path: "test/late.yaml", text: text)
        do {
            _ = try ScenarioFile.read(source)
            return "no mistake was found"
        } catch {
            return error.rendered(sources: [source])
        }
    }

    @Test func `are told all at once, each with its place and the way out`() {
        let text = """
            scenario: Late
            recever:
              - respond: 200
            receiver:
              - respond: { status: 700, after: 5 }
              - fault: rest
            steps:
              - emmit: job.created
              - wait: 2
              - enable: mian
            expect:
              gaps: [5m]
            """
        let expected = """
            test/late.yaml:2:1: error: `recever` is not a key of a scenario
             2 | recever:
               | ^
               = help: the keys are `scenario`, `why`, `contract`, `variant`, `clock`, `tags`, `seed`, `endpoint`, `endpoints`, \
            `receiver`, `resolver`, `proxy`, `network`, `steps`, `expect`
            test/late.yaml:5:24: error: `status` must be a whole number from 100 to 599, not '700'
             5 |   - respond: { status: 700, after: 5 }
               |                        ^
            test/late.yaml:5:36: error: `after`: the duration '5' has no unit
             5 |   - respond: { status: 700, after: 5 }
               |                                    ^
               = help: write `5s` or `5m`, for example
            test/late.yaml:6:12: error: `fault`: 'rest' is not a fault
             6 |   - fault: rest
               |            ^
               = help: did you mean `reset`?
            test/late.yaml:8:5: error: `emmit` is not a key of a step
             8 |   - emmit: job.created
               |     ^
               = help: did you mean `emit`?
            test/late.yaml:9:11: error: `wait`: the duration '2' has no unit
             9 |   - wait: 2
               |           ^
               = help: write `2s` or `2m`, for example
            test/late.yaml:10:13: error: there is no endpoint `mian`
             10 |   - enable: mian
                |             ^
                = help: did you mean `main`?
            test/late.yaml:12:10: error: '5m' has no tolerance
             12 |   gaps: [5m]
                |          ^
                = help: write `5m ± 2%`, `5m -0s/+1s` or a span such as `4m50s..5m30s`
            """
        #expect(rendered(text) == expected)
    }

    /// A file that is right but for the lines given: `receiver` and `steps` are replaced when they are among them.
    private static func file(_ lines: String) -> String {
        var text = "scenario: Late\n" + lines + "\n"
        if !lines.contains("receiver:") { text += "receiver: [{ respond: 200 }]\n" }
        if !lines.contains("steps:") { text += "steps: [quiet]\n" }
        return text
    }

    @Test(
        arguments: [
            ("clock: fast", "`clock` cannot be 'fast'"),
            ("tags: [Slow]", "'Slow' is not a tag"),
            ("variant:", "`variant` has no value"),
            ("receiver: []", "`receiver` must have 1 to 1000 replies"),
            ("receiver: { respond: 200 }", "`receiver` must be a list, not a mapping"),
            ("receiver: [200]", "a reply must be `respond` or `fault`"),
            ("receiver: [{ respond: 200, fault: reset }]", "a reply must be `respond` or `fault`"),
            ("receiver: [{ reply: 200 }]", "`reply` is not a key of a reply"),
            ("receiver: [{ respond: { after: 1s } }]", "a response needs the key `status`"),
            ("receiver: [{ respond: { status: 200, hold_body: 1s } }]", "there is no body to hold or drip"),
            ("receiver: [{ respond: { status: 200, headers: { 'a b': c } } }]", "'a b' is not the name of a header"),
            (#"receiver: [{ respond: { status: 200, headers: { a: "b\r\nc: d" } } }]"#, "has a control character"),
            ("receiver: [{ respond: { status: 200, drip: { every: 1s } } }]", "a drip needs either `head` or `body`"),
            ("receiver: [{ respond: { status: 200, drip: { head: 0 bytes, every: 1s } } }]", "a drip of nothing"),
            ("receiver: [{ respond: { status: 200, drip: { head: 1, every: 1s } } }]", "the size '1' has no unit"),
            ("receiver: [{ fault: hang at body }]", "'at body' is not a point of the exchange"),
            ("endpoint: { secert: true }", "`secert` is not a key of an endpoint"),
            ("endpoint: { secret: yes }", "`secret` must be `true` or `false`, not 'yes'"),
            ("endpoint: { scheme: http, tls: expired }", "an http endpoint has no certificate"),
            ("endpoint: { target: hooks }", "'hooks' is not the path of a URL"),
            ("endpoint: { target: '/a#b' }", "'/a#b' is not the path of a URL"),
            ("endpoint: { events: [] }", "`events` is empty"),
            ("endpoints: { A: { receiver: [{ respond: 200 }] } }", "'A' is not a name for an endpoint"),
            ("endpoints: { a: { secret: true } }\nreceiver: [{ fault: reset }]", "exclude each other"),
            ("endpoints: { a: { secret: true } }\n# receiver:", "an endpoint needs the key `receiver`"),
            ("steps: []", "`steps` must have 1 to 1000 steps"),
            ("steps: [quite]", "'quite' is not a step"),
            ("steps: [emit]", "`emit` needs a value"),
            ("steps: [{ emit: a, wait: 1s }]", "a step must be one word or one key"),
            ("steps: [{ kill: now }]", "`kill` takes no value"),
            ("steps: [{ emit: { with: { /a: 1 } } }]", "an emission needs the key `event`"),
            ("steps: [{ emit: { event: a, with: { a: 1 } } }]", "'a' is not a JSON pointer"),
            ("steps: [{ emit: { event: a, without: [''] } }]", "the whole body cannot be changed"),
            ("steps: [{ emit: { event: a, again: 0 } }]", "`again` must be a whole number from 1"),
            ("steps: [{ burst: { event: a } }]", "a burst needs the key `count`"),
            ("steps: [{ burst: { event: a, count: 100001 } }]", "`count` must be a whole number from 1 to 100000"),
            ("steps: [{ burst: { event: a, count: 1, again: 1 } }]", "`again` is not a key of a burst"),
            ("steps: [{ await: { attempts: 2 } }]", "an await needs the key `within`"),
            ("steps: [{ await: { attempts: 2, within: 1s, endpoint: b } }]", "there is no endpoint `b`"),
            ("steps: [{ quiet: 3 }]", "the duration '3' has no unit"),
            ("expect: { attempts: many }", "'many' is not a count"),
            ("expect: { attempt: 1 }", "`attempt` is not a key of an expectation"),
            ("expect: { endpoints: { b: { attempts: 1 } } }", "there is no endpoint `b`"),
            ("expect: { endpoints: { main: 1 } }", "the expectation for `main` must be a mapping"),
            ("expect: { registration: maybe }", "`registration` cannot be 'maybe'"),
        ]
    )
    func `are recognized`(lines: String, message: String) {
        let text = rendered(Self.file(lines))
        #expect(text.contains(message), "\(text)")
        #expect(text.hasPrefix("test/late.yaml:"), "\(text)")
    }

    @Test func `in one place do not hide those in another`() {
        let text = rendered("scenario: Late")
        #expect(text.contains("a scenario needs the key `receiver`"))
        #expect(text.contains("a scenario needs the key `steps`"))
        #expect(rendered("- a").contains("a scenario must be a mapping, not a list"))
    }

    @Test func `include more endpoints and steps than anyone writes`() {
        let endpoints = (0..<65).map { "  e\($0): { receiver: [{ respond: 200 }] }\n" }.joined()
        let many = rendered("scenario: Many\nendpoints:\n\(endpoints)steps: [quiet]\n")
        #expect(many.contains("`endpoints` must have 1 to 64 endpoints"))
        let steps = String(repeating: "  - quiet\n", count: 1001)
        #expect(rendered(Self.file("steps:\n" + steps)).contains("`steps` must have 1 to 1000 steps"))
    }
}
