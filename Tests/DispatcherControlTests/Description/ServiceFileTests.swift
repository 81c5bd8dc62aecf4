import DispatcherControl
import Notation
import Testing

@Suite struct `Services in a dispatcher file` {
    @Test func `have every key of a process, and those of their own`() throws {
        let read = try description(
            """
            dispatcher: Mine
            services:
              - name: PostgreSQL 15
                command: [postgres, -p, "{db_port}", -D, "{work}"]
                environment: { LANG: "{other}" }
                ports: [db_port, other]
                ready: { port: "{db_port}", within: 30s }
                stop: { signal: INT, within: 5s }
                with: dispatcher
              - name: plain
                command: [redis-server]
            emit: { post: "http://127.0.0.1:{db_port}" }
            """
        )
        #expect(read.services.map(\.name) == ["PostgreSQL 15", "plain"])
        let postgres = read.services[0]
        #expect(postgres.command.arguments == ["postgres", "-p", "{db_port}", "-D", "{work}"])
        #expect(postgres.command.environment == ["LANG": "{other}"])
        #expect(postgres.ports == ["db_port", "other"])
        #expect(postgres.ready == Readiness(sign: .port("{db_port}"), within: .seconds(30)))
        #expect(postgres.stop == StopRule(signal: "INT", within: .seconds(5)))
        #expect(postgres.lifetime == .dispatcher)
        let plain = read.services[1]
        #expect(plain.ports.isEmpty && plain.ready == nil && plain.stop == StopRule() && plain.lifetime == .scenario)
    }

    @Test(arguments: [
        ("line: up", Readiness.Sign.line("up")), ("http: \"http://h/\"", .http("http://h/")),
        ("port: 5432", .port("5432")), ("port: \"{port}\"", .port("{port}")),
        ("socket: \"{work}/s\"", .socket("{work}/s")),
    ])
    func `and dispatchers have four signs of readiness`(_ text: String, _ sign: Readiness.Sign) throws {
        let service = try description(
            """
            dispatcher: Mine
            services: [{ name: a, command: [a], ready: { \(text) } }]
            start: { command: [b] }
            ready: { \(text) }
            emit: { post: "http://h/e" }
            """
        )
        #expect(service.services.first?.ready == Readiness(sign: sign, within: .seconds(20)))
        #expect(service.ready == Readiness(sign: sign, within: .seconds(20)))
    }

    private func found(_ services: String) throws -> String {
        try problems("dispatcher: Mine\nemit: { post: \"http://h/e\" }\nservices:\n\(services)\n")
    }

    @Test func `need a name and a command, and point at misspelt keys`() throws {
        let expected = """
            d.yaml:4:5: error: a service needs the key `name`
             4 |   - comand: [a]
               |     ^
               = help: add `name:`
            d.yaml:4:5: error: a service needs the key `command`
             4 |   - comand: [a]
               |     ^
               = help: add `command:`
            d.yaml:4:5: error: `comand` is not a key of a service
             4 |   - comand: [a]
               |     ^
               = help: did you mean `command`?
            """
        #expect(try found("  - comand: [a]") == expected)
    }

    @Test(arguments: [
        ("  - a", "d.yaml:4:5: error: a service is a mapping, not text"),
        ("  - { name: a, command: [a], with: the run }", "error: `with` cannot be 'the run'"),
        (
            "  - { name: a, command: [a], ready: { line: x, port: 1 } }",
            "4:37: error: `ready` wants exactly one of `line`"
        ),
        ("  - { name: a, command: [a], ready: { within: 1s } }", "4:37: error: `ready` wants exactly one of `line`"),
        (
            "  - { name: a, command: [a], ready: { port: 65536 } }",
            "4:45: error: `port` must be a whole number from 1 to"
        ),
        ("  - { name: a, command: [a], ready: { port: \"{port}1\" } }", "4:45: error: `port` must be a whole number"),
        ("  - { name: a, command: [a], stop: { signal: HUP } }", "4:46: error: `signal` cannot be 'HUP'"),
        ("  - { name: a, command: [a], ports: [db-port] }", "error: 'db-port' cannot be a placeholder"),
        ("  - { name: a, command: [a] }\n  - { name: a, command: [b] }", "5:13: error: there are two services with"),
    ])
    func `are told what is wrong where it stands`(_ services: String, _ message: String) throws {
        #expect(try found(services).contains(message))
    }

    @Test func `give a meaning to new placeholders only, and each once`() throws {
        let found = try problems(
            """
            dispatcher: Mine
            services:
              - { name: a, command: [a], ports: [port, a_port, a_port] }
              - { name: b, command: [b], ready: { line: "at {a_port}" } }
              - { name: c, command: [c], ready: { line: "at {c_place} {too_many}" } }
            start: { command: [d] }
            ready: { line: "up at {c_place}" }
            emit: { post: "http://h/e" }

            """
        )
        #expect(found.contains("d.yaml:3:38: error: `{port}` stands for something already"))
        #expect(found.contains("d.yaml:3:52: error: `{a_port}` stands for something already"))
        #expect(found.contains("d.yaml:4:45: error: `{a_port}` stands for something already"))
        #expect(found.contains("d.yaml:5:45: error: `line` captures one value, not 2"))
        #expect(found.contains("d.yaml:7:16: error: `{c_place}` stands for something already"))
        #expect(found.split(separator: "error:").count == 6)
    }

    @Test func `know all ports, and what the services before them captured`() throws {
        let found = try problems(
            """
            dispatcher: Mine
            services:
              - { name: a, command: [a, "{b_port}", "{b_place}"] }
              - { name: b, command: [b], ports: [b_port], ready: { line: "at {b_place}" } }
              - { name: c, command: ["{b_place}"], ready: { http: "{url}" }, environment: { X: "{b_plac}" } }
            start: { command: ["{b_place}", "{b_port}"] }
            ready: { socket: "{b_place}/{place}" }
            register: { post: "{b_place}" }
            emit: { post: "{b_place}/{b_prt}" }
            delivery_log: { get: "{b_place}" }

            """
        )
        #expect(found.contains("d.yaml:3:41: error: `{b_place}` never has a value here"))
        #expect(found.contains("d.yaml:5:55: error: `{url}` never has a value here"))
        #expect(found.contains("`{b_plac}` never has a value here"))
        #expect(found.contains("did you mean `{b_place}`?"))
        #expect(found.contains("d.yaml:7:18: error: `{place}` never has a value here"))
        #expect(found.contains("`{b_prt}` never has a value here") && found.contains("did you mean `{b_port}`?"))
        #expect(found.split(separator: "error:").count == 6)
    }
}
