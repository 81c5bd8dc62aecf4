import CurlTransport
import Notation
import ReceiverConsole
import Testing

@Suite(.timeLimit(.minutes(20))) struct `Verifying over the control API` {
    private func ask(_ console: Console, _ id: String, _ body: String) async throws -> JSONValue {
        try await console.call("POST", "/api/endpoints/\(id)/verify", body).json
    }

    @Test func `counts are held against what came`() async throws {
        try await withConsole { console in
            let (id, url) = try await console.open("{}")
            for _ in 1...3 { _ = try await console.send("POST", url, Array(#"{"type":"a"}"#.utf8)) }
            _ = try await console.send("GET", url + "other")
            #expect(try await ask(console, id, #"{"count": 4}"#)["ok"] == .bool(true))
            #expect(try await ask(console, id, #"{"at_least": 2, "at_most": 4}"#)["ok"] == .bool(true))
            #expect(try await ask(console, id, #"{"count": 3, "method": "POST"}"#)["ok"] == .bool(true))
            #expect(try await ask(console, id, #"{"count": 1, "path": "/oth*"}"#)["ok"] == .bool(true))
            #expect(try await ask(console, id, #"{"count": 3, "body": {"/type": "a"}}"#)["ok"] == .bool(true))
            #expect(try await ask(console, id, #"{"count": 0, "headers": {"X-None": "*"}}"#)["ok"] == .bool(true))
            let wrong = try await ask(console, id, #"{"count": 2, "body": {"/type": "a"}}"#)
            #expect(wrong["verdict"] == .string("violated"))
            #expect(
                wrong["message"]?.stringValue
                    == "Expected exactly 2 matching requests, found 3; not matching: request 4: its body is not JSON."
            )
            #expect(wrong["matching"] == .array([.number("1"), .number("2"), .number("3")]))
        }
    }

    @Test func `gaps are held against windows`() async throws {
        try await withConsole { console in
            let (id, url) = try await console.open("{}")
            _ = try await console.send("POST", url)
            try await Task.sleep(for: .milliseconds(60))
            _ = try await console.send("POST", url)
            #expect(try await ask(console, id, #"{"gaps": ["50ms..30s"]}"#)["ok"] == .bool(true))
            let wrong = try await ask(console, id, #"{"gaps": ["5m ± 2%"]}"#)
            #expect(wrong["verdict"] == .string("violated"))
            #expect(wrong["message"]?.stringValue?.contains("expected 5m ± 2%") == true)
            let missing = try await ask(console, id, #"{"gaps": ["50ms..30s", "1ms..2s"]}"#)
            #expect(missing["message"]?.stringValue?.contains("Gap 2 (1ms..2s) was not seen") == true)
        }
    }

    @Test func `what is no longer kept makes it inconclusive`() async throws {
        try await withConsole(limits: JournalLimits(requests: 2)) { console in
            let (id, url) = try await console.open("{}")
            for _ in 1...4 { _ = try await console.send("POST", url) }
            #expect(try await ask(console, id, #"{"count": 4}"#)["verdict"] == .string("inconclusive"))
            #expect(try await ask(console, id, #"{"count": 2}"#)["verdict"] == .string("inconclusive"))
            // More than allowed were seen, whatever else came.
            #expect(try await ask(console, id, #"{"at_most": 1}"#)["verdict"] == .string("violated"))
            #expect(try await ask(console, id, #"{"at_least": 2}"#)["verdict"] == .string("held"))
        }
    }

    @Test(arguments: [
        "{}", #"{"count": -1}"#, #"{"count": 1, "at_least": 1}"#, #"{"at_least": 3, "at_most": 1}"#,
        #"{"gaps": ["5m"]}"#, #"{"count": 1, "body": {"type": "a"}}"#, #"{"count": 1, "metod": "POST"}"#,
    ])
    func `a question that cannot be answered is refused`(_ body: String) async throws {
        try await withConsole { console in
            let (id, _) = try await console.open("{}")
            let answer = try await console.call("POST", "/api/endpoints/\(id)/verify", body)
            #expect(answer.status == 422)
            #expect(answer.json["error"]?.stringValue?.isEmpty == false)
        }
    }
}
