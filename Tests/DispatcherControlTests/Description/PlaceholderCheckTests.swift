import DispatcherControl
import Testing

@Suite struct `Placeholders of a dispatcher file` {
    @Test func `are known where they stand, or refused with a suggestion`() throws {
        let expected = """
            d.yaml:5:17: error: `{adress}` never has a value here
             5 | emit: { post: "{adress}/events", body: { data: "{paylod}" } }
               |               ^
               = help: did you mean `{address}`?
            d.yaml:5:50: error: `{paylod}` never has a value here
             5 | emit: { post: "{adress}/events", body: { data: "{paylod}" } }
               |                                                ^
               = help: did you mean `{payload}`?
            """
        let text = """
            dispatcher: Mine
            start: { command: [server] }
            ready:
              line: up at {address}
            emit: { post: "{adress}/events", body: { data: "{paylod}" } }

            """
        let found = try problems(text)
        #expect(
            found
                == expected.replacing("d.yaml:5:17", with: "d.yaml:5:15").replacing("d.yaml:5:50", with: "d.yaml:5:48")
        )
    }

    @Test(arguments: [
        ("register: { post: \"http://h/{payload}\" }", "payload"),
        ("enable: { post: \"http://h/{event_type}\" }", "event_type"),
        ("emit: { post: \"http://h/{url}\" }", "url"),
        ("delivery_log: { get: \"http://h/{endpoint}\" }", "endpoint"),
        ("start: { command: [\"{address}\"] }", "address"),
        ("enable: { post: \"http://h/{thing}\" }", "thing"),
    ])
    func `are refused where they can have no value`(_ line: String, _ name: String) throws {
        var lines = ["dispatcher: Mine", "ready: { line: \"at {address}\" }", line]
        if !line.hasPrefix("start") { lines.append("start: { command: [server] }") }
        if !line.hasPrefix("emit") { lines.append("emit: { post: \"{address}/e\" }") }
        let found = try problems(lines.joined(separator: "\n") + "\n")
        #expect(found.contains("error: `{\(name)}` never has a value here"))
    }

    @Test func `may come from registration, for the requests about an endpoint`() throws {
        let read = try description(
            """
            dispatcher: Mine
            register: { post: "http://h/e", capture: { thing: /id } }
            enable: { post: "http://h/e/{thing}" }
            emit: { post: "http://h/{event}" }
            """
        )
        #expect(read.enable?.url == "http://h/e/{thing}")
    }

    @Test func `are captured once by a line, and only where something uses them`() throws {
        let text = """
            dispatcher: Mine
            start: { command: [server] }
            ready: { line: "at {address} as {number}" }
            disable: { post: "{address}", capture: { x: /x } }
            emit: { post: "{address}", capture: { id: /id } }

            """
        let found = try problems(text)
        #expect(found.contains("d.yaml:3:16: error: `line` captures one value, not 2"))
        #expect(found.contains("d.yaml:4:40: error: nothing uses what `disable` captures"))
        #expect(found.contains("d.yaml:5:39: error: `emit` captures `event_id` and nothing else"))
    }
}
