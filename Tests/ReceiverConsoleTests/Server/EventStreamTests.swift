import CurlTransport
import Notation
import ProgramRunning
import ReceiverConsole
import Testing

@Suite(.timeLimit(.minutes(10)), .enabled(if: HostPrograms.curl != nil, "there is no curl on this host"))
struct `The stream of events` {
    /// Listens for a while: long enough for a host on which everything else is tested at the same moment.
    private func listen(_ console: Console, _ path: String, _ options: [String] = []) async throws -> [String] {
        let curl = try #require(HostPrograms.curl)
        let arguments = ["--silent", "--no-buffer", "--max-time", "25"] + options + [console.url + path]
        let run = try await ProgramRun.of(curl, arguments, limit: .seconds(600))
        return run.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test func `tells what happens while one listens`() async throws {
        try await withConsole { console in
            let (id, url) = try await console.open(#"{"script": "500"}"#)
            let lines = try await withThrowingTaskGroup(of: [String].self) { group in
                group.addTask { try await listen(console, "/events") }
                group.addTask {
                    // Again and again until the listener is through, as nobody can say when it is there.
                    while !Task.isCancelled {
                        _ = try await console.send("POST", url, Array("a\n\nevent: evil\ndata: {}\n".utf8))
                        _ = try await console.call("PUT", "/api/endpoints/\(id)/script", #"{"script": "410"}"#)
                        try await Task.sleep(for: .milliseconds(100))
                    }
                    return []
                }
                defer { group.cancelAll() }
                return try await group.next() ?? []
            }
            #expect(lines.contains("event: hello"))
            #expect(lines.contains("event: request"))
            #expect(lines.contains("event: script"))
            // What came in a body is inside one line of data.
            #expect(!lines.contains("event: evil"))
            #expect(lines.contains { $0.hasPrefix("data: ") && $0.contains(#""origin":"the control API""#) })
        }
    }

    @Test func `goes on where one was`() async throws {
        try await withConsole { console in
            let (_, url) = try await console.open("{}")
            _ = try await console.send("POST", url + "first")
            let all = try await listen(console, "/events?since=0")
            let last = try #require(all.last { $0.hasPrefix("id: ") }).dropFirst(4)
            _ = try await console.send("POST", url + "second")
            let rest = try await listen(console, "/events?since=0", ["--header", "Last-Event-ID: \(last)"])
            #expect(all.contains { $0.contains("/first") })
            #expect(!rest.contains { $0.contains("/first") })
            #expect(rest.contains { $0.contains("/second") })
        }
    }

    @Test func `shows that it is alive`() async throws {
        try await withConsole(settings: ConsoleSettings(heartbeat: .milliseconds(200))) { console in
            let lines = try await listen(console, "/events")
            #expect(lines.count { $0 == ": alive" } >= 2)
        }
    }

    @Test func `can be of one endpoint`() async throws {
        try await withConsole { console in
            let first = try await console.open("{}")
            let second = try await console.open("{}")
            _ = try await console.send("POST", first.url + "one")
            _ = try await console.send("POST", second.url + "two")
            let lines = try await listen(console, "/events?since=0&endpoint=\(second.id)")
            #expect(!lines.contains { $0.contains("/one") })
            #expect(lines.contains { $0.contains("/two") })
            #expect(try await console.call("GET", "/events?endpoint=none").status == 404)
        }
    }

    @Test func `ends with the console`() async throws {
        let clock = ContinuousClock()
        let began = clock.now
        try await withConsole { console in
            let curl = try #require(HostPrograms.curl)
            // Left behind on purpose: the console must not wait for it.
            let url = console.url + "/events"
            _ = try await ProgramRun.of(
                "/bin/sh",
                ["-c", "\(curl) -sN -m 1200 \(url) >/dev/null 2>&1 &"],
                limit: .seconds(300)
            )
            try await Task.sleep(for: .milliseconds(300))
        }
        #expect(clock.now - began < .seconds(900))
    }
}
