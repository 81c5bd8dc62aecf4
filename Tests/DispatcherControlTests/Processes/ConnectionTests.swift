import DeliveryEvidence
import DispatcherControl
import Foundation
import Notation
import Testing

@Suite struct `Readiness by a connection` {
    /// Listens where its argument says, after a while, and says so.
    private static let server = """
        import os, socket, sys, time
        time.sleep(0.2)
        place = sys.argv[1]
        server = socket.socket(socket.AF_UNIX if "/" in place else socket.AF_INET)
        server.bind(place if "/" in place else ("127.0.0.1", int(place)))
        server.listen()
        print("listening", flush=True)
        time.sleep(300)
        """

    private func description(_ sign: String, _ program: String, within: String = "120s") -> String {
        """
        dispatcher: a server
        start: { command: [python3, -c, \(quoted(program)), "{place}"] }
        ready: { \(sign), within: \(within) }
        emit: { command: ["true"] }
        """.replacing("{place}", with: sign.contains("port") ? "{port}" : "{work}/s")
    }

    private func quoted(_ text: String) -> String {
        "\"" + text.replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
    }

    private func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = NSTemporaryDirectory() + "/sockets-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }

    @Test(.timeLimit(.minutes(20)), arguments: ["port: \"{port}\"", "socket: \"{work}/s\""])
    func `comes when somebody listens`(_ sign: String) async throws {
        try await withFolder { folder in
            let evidence = RecordedEvidence()
            let text = description(sign, Self.server)
            try await drive(text, into: evidence, values: ["work": .string(folder)]) { dispatcher, _ in
                try await dispatcher.start()
                #expect(evidence.story == ["dispatcher started", "dispatcher ready"])
                try await evidence.reach { $0.lines == ["listening"] }
            }
        }
    }

    @Test(
        .timeLimit(.minutes(20)),
        arguments: [
            ("port: \"{port}\"", "a connection to port {port}"),
            ("socket: \"{work}/s\"", "a connection to the socket {work}/s"),
        ]
    )
    func `does not come when nobody does`(_ sign: String, _ awaited: String) async throws {
        try await withFolder { folder in
            // Something is there, but it takes no connections.
            try Data().write(to: URL(filePath: folder + "/s"))
            let text = description(sign, "import time; time.sleep(300)", within: "300ms")
            let error = try await #require(throws: DispatcherError.self) {
                try await drive(text, values: ["work": .string(folder)]) { dispatcher, _ in
                    try await dispatcher.start()
                }
            }
            #expect(error.problem == "the dispatcher was not ready within 300ms; waited for \(awaited)")
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `is given up when the process ends`() async throws {
        let error = try await #require(throws: DispatcherError.self) {
            try await drive(description("port: \"{port}\"", "raise SystemExit(6)")) { dispatcher, _ in
                try await dispatcher.start()
            }
        }
        #expect(error.problem == "the dispatcher ended before it was ready (exit 6); it wrote nothing")
    }

    @Test(.timeLimit(.minutes(20)))
    func `comes at a path that is too long for the kernel, which was bound from its folder`() async throws {
        try await withFolder { folder in
            let long = folder + "/" + String(repeating: "x", count: 120)
            try FileManager.default.createDirectory(atPath: long, withIntermediateDirectories: true)
            let program =
                "import os\nplace = '\(long)'\nos.chdir(place)\n"
                + Self.server.replacing("place = sys.argv[1]", with: "place = './s'")
            let text = description("socket: \"{work}/s\"", program)
            let evidence = RecordedEvidence()
            try await drive(text, into: evidence, values: ["work": .string(long)]) { dispatcher, _ in
                try await dispatcher.start()
                #expect(evidence.ready.count == 1)
            }
        }
    }
}
