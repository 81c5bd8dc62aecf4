import DispatcherControl
import Notation
import Testing

@Suite struct `Dispatcher files` {
    static let emit = "emit: { post: \"http://127.0.0.1:1/events\" }\n"

    @Test func `hold every key`() throws {
        let read = try description(
            """
            dispatcher: Everything
            start:
              command: ["{programs}/server", --store, "{store}", "{provider}"]
              environment: { LEVEL: debug }
            ready: { http: "http://127.0.0.1:{port}/health", within: 5s }
            register:
              put: "http://127.0.0.1:{port}/endpoints"
              headers: { X-Token: "{work}" }
              body: { url: "{url}", list: [1, "{events}", true] }
              capture: { endpoint_id: /data/id }
            enable: { post: "http://127.0.0.1:{port}/{endpoint_id}/on" }
            disable: { patch: "http://127.0.0.1:{port}/{endpoint_id}/off" }
            delete: { delete: "http://127.0.0.1:{port}/{endpoint_id}" }
            emit: { post: "http://127.0.0.1:{port}/events", body: "{payload}", capture: { event_id: /id } }
            delivery_log:
              get: "http://127.0.0.1:{port}/log"
              list: /items
              fields: { id: /id, created at: /at }
              attempts: /tries
              attempt_fields: { number: /n }
            stop: { signal: INT, within: 3s }
            """
        )
        #expect(read.name == "Everything")
        #expect(read.start?.arguments == ["{programs}/server", "--store", "{store}", "{provider}"])
        #expect(read.start?.environment == ["LEVEL": "debug"])
        #expect(read.ready == Readiness(sign: .http("http://127.0.0.1:{port}/health"), within: .seconds(5)))
        let register = try #require(read.register)
        #expect(register.method == "PUT" && register.headers == ["X-Token": "{work}"])
        #expect(register.body?.compact() == #"{"url":"{url}","list":[1,"{events}",true]}"#)
        #expect(register.capture == ["endpoint_id": try JSONPointer("/data/id")])
        #expect([read.enable, read.disable, read.delete].map { $0?.method } == ["POST", "PATCH", "DELETE"])
        let log = try #require(read.deliveryLog)
        #expect(log.list.text == "/items" && log.attempts?.text == "/tries")
        #expect(log.fields["created at"]?.text == "/at" && log.attemptFields["number"]?.text == "/n")
        #expect(read.stop == StopRule(signal: "INT", within: .seconds(3)))
        guard case .request(let emit) = read.emit else {
            Issue.record("`emit` is a request")
            return
        }
        #expect(emit.body == .string("{payload}"))
        #expect(emit.capture == ["event_id": try JSONPointer("/id")])
    }

    @Test func `need little`() throws {
        let read = try description(
            "dispatcher: One shot\nemit: { command: [\"true\", \"{url}\"], input: \"{payload}\" }\n"
        )
        #expect(read.start == nil && read.register == nil && read.deliveryLog == nil)
        #expect(read.stop == StopRule(signal: "TERM", within: .seconds(10)))
        let command = ProcessCommand(arguments: ["true", "{url}"], environment: [:])
        #expect(read.emit == .command(command, input: "{payload}"))
        #expect(
            try description("dispatcher: Fast\n\(Self.emit)start: { command: [a] }\nready: { line: x }\n").ready.within
                == .seconds(20)
        )
    }

    @Test func `must say how an event is handed over`() throws {
        let expected = """
            d.yaml:1:1: error: a dispatcher file needs the key `emit`
             1 | dispatcher: Mine
               | ^
               = help: add `emit:`
            """
        #expect(try problems("dispatcher: Mine\n") == expected)
    }

    @Test func `point at a misspelt key`() throws {
        let expected = """
            d.yaml:3:1: error: `regster` is not a key of a dispatcher file
             3 | regster: { post: x }
               | ^
               = help: did you mean `register`?
            """
        #expect(try problems("dispatcher: Mine\n\(Self.emit)regster: { post: x }\n") == expected)
    }

    @Test func `must say when a started dispatcher is ready`() throws {
        let expected = """
            d.yaml:3:1: error: `start` is there but `ready` is not
             3 | start: { command: [server] }
               | ^
               = help: say how to tell that it takes requests: `ready: { line: "listening on {address}" }`
            """
        #expect(try problems("dispatcher: Mine\n\(Self.emit)start: { command: [server] }\n") == expected)
    }

    @Test func `cannot wait for what is not started`() throws {
        let expected = """
            d.yaml:3:1: error: `ready` is there but `start` is not
             3 | ready: { line: up }
               | ^
               = help: add `start: { command: [program, argument] }`
            """
        #expect(try problems("dispatcher: Mine\n\(Self.emit)ready: { line: up }\n") == expected)
    }

    @Test func `have one method in a request`() throws {
        let expected = """
            d.yaml:2:7: error: `emit` wants exactly one method with its URL
             2 | emit: { post: "http://h/a", put: "http://h/b" }
               |       ^
               = help: write for example `post: "{address}/events"`
            """
        #expect(try problems("dispatcher: Mine\nemit: { post: \"http://h/a\", put: \"http://h/b\" }\n") == expected)
    }

    @Test func `refuse a duration without unit`() throws {
        let expected = """
            d.yaml:3:17: error: `within`: the duration '10' has no unit
             3 | stop: { within: 10 }
               |                 ^
               = help: write `10s` or `10m`, for example
            """
        let found = try problems("dispatcher: Mine\n\(Self.emit)stop: { within: 10 }\n")
        #expect(found == expected)
    }

    @Test func `refuse what is no JSON pointer`() throws {
        let expected = """
            d.yaml:4:9: error: 'deliveries' is not a JSON pointer
             4 |   list: deliveries
               |         ^
               = help: start it with a slash: `/deliveries`
            """
        let text = "dispatcher: Mine\n\(Self.emit)delivery_log:\n  list: deliveries\n  get: \"http://h/log\"\n"
        #expect(try problems(text) == expected)
    }

    @Test func `cannot know a given-up state without a field for the state`() throws {
        let expected = """
            d.yaml:5:3: error: `given_up` names states, but `fields` does not say where the state of a delivery stands
             5 |   given_up: [dead]
               |   ^
               = help: add `state: /…` to `fields`
            """
        let text = """
            dispatcher: Mine
            emit: { post: "http://h/e" }
            delivery_log:
              get: "http://h/log"
              given_up: [dead]

            """
        #expect(try problems(text) == expected)
    }

    @Test func `know the fields of a delivery log`() throws {
        let expected = """
            d.yaml:5:13: error: `response kode` is not a field of a delivery log
             5 |   fields: { response kode: /c }
               |             ^
               = help: the fields are `id`, `event id`, `event type`, `created at`, `url`, \
            `latest status`, `payload`, `state`, `next attempt at`
            d.yaml:6:21: error: `response kode` is not a field of a delivery log
             6 |   attempt_fields: { response kode: /c }
               |                     ^
               = help: did you mean `response code`?
            """
        let text = """
            dispatcher: Mine
            emit: { post: "http://h/e" }
            delivery_log:
              get: "http://h/log"
              fields: { response kode: /c }
              attempt_fields: { response kode: /c }

            """
        #expect(try problems(text) == expected)
    }

    @Test func `refuse an empty command, once`() throws {
        let expected = """
            d.yaml:2:18: error: `command` is empty
             2 | emit: { command: [] }
               |                  ^
               = help: write a list: `[program, argument]`
            """
        #expect(try problems("dispatcher: Mine\nemit: { command: [] }\n") == expected)
        #expect(try problems("dispatcher: Mine\nemit: { command: { a: b } }\n").split(separator: "error:").count == 2)
    }

    @Test func `know the signals`() throws {
        let found = try problems("dispatcher: Mine\n\(Self.emit)stop: { signal: KILL }\n")
        #expect(found.hasPrefix("d.yaml:3:17: error: `signal` cannot be 'KILL'\n"))
        #expect(found.hasSuffix("= help: the choices are `TERM`, `INT`, `QUIT`"))
    }

    @Test func `tell all mistakes at once`() throws {
        let found = try problems("start: { comand: [x] }\nemit: { put: [] }\n")
        #expect(found.contains("needs the key `dispatcher`"))
        #expect(found.contains("`start` is there but `ready` is not"))
        #expect(found.contains("did you mean `command`?"))
        #expect(found.contains("`put` must be text, not a list"))
    }

    @Test func `are mappings`() throws {
        #expect(try problems("- a\n").hasPrefix("d.yaml:1:1: error: a dispatcher file is a mapping, not a list"))
        let error = try #require(throws: DiagnosticList.self) { try DispatcherFile.load(path: "no/such/file.yaml") }
        #expect(error.rendered(sources: []).hasPrefix("no/such/file.yaml: error: "))
    }
}
