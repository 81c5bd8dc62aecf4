import DeliveryEvidence
import Foundation
import Glibc
import Notation
import ProgramRunning
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `Receiving at a desk` {
    @Test func `shows every request, what it got, and a summary at Ctrl-C`() async throws {
        try await withTemporaryFolder { folder in
            let run = try await ReceiverAtDesk.run(["--script", "500, 200"], in: folder) { receiver throws in
                #expect(try await receiver.send() == 500)
                #expect(try await receiver.send() == 200)
                #expect(try await receiver.send("", [("Webhook-Id", "evt_2")]) == 500)
            }
            #expect(run.status == 130, "\(run.everything)")
            #expect(run.complaints == "")
            let lines = run.output.split(separator: "\n").map(String.init)
            #expect(lines[0].contains(/^listening on +http:\/\/127\.0\.0\.1:\d+\/hooks$/))
            #expect(lines[1] == "script        1: respond 500")
            #expect(lines[2] == "              2: respond 200, from then on")
            #expect(lines[3].hasPrefix("deliveries    told apart by Webhook-Id, else "))
            #expect(lines[4] == "evidence      evidence.ndjson")
            #expect(lines[5] == "Ctrl-C ends")
            #expect(lines[6].contains(/^\d\d:\d\d:\d\d\.\d{3} #1 POST \/hooks, first attempt of evt_1$/))
            #expect(
                lines[7]
                    == #"             #1 39 bytes of application/json, order.placed, id evt_1: {"type": "order.placed", "id": "evt_1"}"#
            )
            #expect(lines[8].contains(/^[\d:]+\.\d{3} #1 answered 500 after [\d.]+m?s \(script 1: respond 500\)$/))
            #expect(lines[9].contains(/\s#2 POST \/hooks, attempt 2 \(\+[\d.]+m?s\) of evt_1$/))
            #expect(lines[11].contains(/\s#2 answered 200 after .* \(script 2: respond 200\)$/))
            #expect(lines[12].contains(/\s#3 POST \/hooks, first attempt of evt_2$/))
            #expect(lines[13] == "             #3 no body")
            #expect(lines[15].contains(/^ended         by Ctrl-C, after [\d.ms ]+$/))
            #expect(lines[16] == "received      3 requests of 2 deliveries: 1 answered 200, 2 answered 500")
            #expect(lines[17] == "evidence      evidence.ndjson")
            #expect(lines.count == 18, "\(run.output)")
            let history = try ReceiverAtDesk.history(in: folder)
            #expect(history.attempts.map(\.arrived.ordinal) == [1, 2, 1])
            #expect(history.attempts.map(\.ended?.status) == [500, 200, 500])
        }
    }

    @Test func `ends with 0 after as many requests as asked for`() async throws {
        try await withTemporaryFolder { folder in
            let run = try await ReceiverAtDesk.run(
                ["--script", "reset, 204", "--exit-after", "2"],
                endsItself: true,
                in: folder
            ) { receiver throws in
                await #expect(throws: (any Error).self) { try await receiver.send() }
                #expect(try await receiver.send() == 204)
            }
            #expect(run.status == 0, "\(run.everything)")
            #expect(run.output.contains("ended         after as many requests as asked for, "))
            #expect(run.output.contains(/\s#1 answered nothing and ended with RST.* \(script 1: fault reset .*\)\n/))
            #expect(run.output.contains(/\s#1 fault reset after request; on the wire: RST.*\n/))
            #expect(run.output.contains(" of 1 delivery: 1 answered 204, 1 without a whole answer; 1 fault\n"))
            #expect(try ReceiverAtDesk.history(in: folder).attempts.count == 2)
        }
    }

    @Test func `ends with 0 after the time asked for, and with 143 at SIGTERM`() async throws {
        try await withTemporaryFolder { folder in
            let timed = try await ReceiverAtDesk.run(["--for", "300ms"], endsItself: true, in: folder) { _ in }
            #expect(timed.status == 0, "\(timed.everything)")
            #expect(timed.output.contains("ended         after the time asked for, "))
            #expect(timed.output.contains("received      no request\n"))
            let terminated = try await ReceiverAtDesk.run(["--quiet"], endsItself: true, in: folder) {
                receiver throws in
                try await receiver.send()
                kill(receiver.processID, SIGTERM)
            }
            #expect(terminated.status == 143, "\(terminated.everything)")
            #expect(!terminated.output.contains("#1"))
            #expect(terminated.output.contains("1 request of 1 delivery: 1 answered 200\n"))
        }
    }

    @Test func `says at once what takes time, and who gave up`() async throws {
        try await withTemporaryFolder { folder in
            let run = try await ReceiverAtDesk.run(["--script", "503 after 10m"], in: folder) { receiver throws in
                let client = try RawConnection(port: receiver.port)
                try client.send(Array("POST /slow HTTP/1.1\r\nHost: desk\r\nContent-Length: 2\r\n\r\nhi".utf8))
                try await receiver.awaitEvidence("attempt.arrived")
                client.reset()
                _ = consume client
                try await receiver.awaitEvidence("attempt.ended")
            }
            #expect(run.output.contains(" #1 gets respond 503 after 10m\n"), "\(run.output)")
            #expect(
                run.output.contains(/\s#1 given up by the client .*, before an answer, with RST \(script 1: .*\)\n/)
            )
            #expect(run.output.contains("1 request of 1 delivery: 1 without a whole answer\n"))
        }
    }

    @Test func `tells of connections that came to nothing`() async throws {
        try await withTemporaryFolder { folder in
            let run = try await ReceiverAtDesk.run([], in: folder) { receiver throws in
                do { _ = try RawConnection(port: receiver.port) }
                try await receiver.awaitEvidence("connection.closed")
            }
            #expect(
                run.output.contains(
                    /\sconnection 1 from 127\.0\.0\.1:\d+ ended by the client with (FIN|RST), without a byte\n/
                ),
                "\(run.output)"
            )
            #expect(run.output.contains("received      no request; 1 connection without a request\n"))
            let secured = try await ReceiverAtDesk.run(["--tls"], in: folder) { receiver throws in
                _ = try? await receiver.sendRaw(Array("GET / HTTP/1.0\r\n\r\n".utf8))
                try await receiver.awaitEvidence("handshake.failed")
            }
            #expect(secured.output.contains(/\sconnection 1 from 127\.0\.0\.1:\d+ TLS handshake failed: \S.*\n/))
            #expect(secured.output.contains("received      no request; 1 failed TLS handshake\n"), "\(secured.output)")
        }
    }

    @Test func `speaks TLS with a certificate that can be trusted`() async throws {
        try await withTemporaryFolder { folder in
            let run = try await ReceiverAtDesk.run(["--tls", "--ca-out", "ca.pem"], in: folder) { receiver throws in
                #expect(receiver.url.hasPrefix("https://"))
                let authority = folder.appending(path: "ca.pem").path
                #expect(try await receiver.send(trusting: authority) == 200)
                await #expect(throws: (any Error).self) { try await receiver.send() }
            }
            #expect(run.output.contains("certificate   to be trusted with curl --cacert ca.pem https://127.0.0.1:"))
            #expect(run.output.contains("TLS handshake failed: "), "\(run.output)")
        }
    }

    @Test func `prints JSON for programs`() async throws {
        try await withTemporaryFolder { folder in
            let run = try await ReceiverAtDesk.run(["--script", "500, reset", "--json"], in: folder) {
                receiver throws in
                try await receiver.send()
                await #expect(throws: (any Error).self) { try await receiver.send() }
            }
            let lines = try run.output.split(separator: "\n").map { try JSONValue.parse(Array($0.utf8)) }
            let events = lines.compactMap { $0[JSONPointer(tokens: ["event"])]?.stringValue }
            #expect(
                events.filter { $0 != "fault" } == [
                    "listening", "ready", "request", "answer", "request", "answer", "summary",
                ]
            )
            #expect(events.contains("fault"))
            let first = try #require(lines.first { $0.text("event") == "request" })
            #expect(first.text("method") == "POST")
            #expect(first.text("delivery") == "evt_1")
            #expect(first.text("body", "event_type") == "order.placed")
            #expect(first.text("script") == "1")
            let summary = try #require(lines.last)
            #expect(summary.text("requests") == "2")
            #expect(summary.text("statuses", "500") == "1")
            #expect(summary.text("unanswered") == "1")
        }
    }

    @Test(.enabled(if: CaptureRight.isThere, Comment(rawValue: CaptureRight.why)))
    func `captures its packets, and the keys to them under TLS`() async throws {
        try await withTemporaryFolder { folder in
            let arguments = ["--tls", "--ca-out", "ca.pem", "--pcap", "desk.pcap"]
            let run = try await ReceiverAtDesk.run(arguments, in: folder) { receiver in
                try await receiver.send(trusting: folder.appending(path: "ca.pem").path)
            }
            #expect(run.status == 130, "\(run.everything)")
            #expect(run.complaints == "")
            let capture = try Data(contentsOf: folder.appending(path: "desk.pcap"))
            #expect(capture.count > 1000)
            #expect(capture.prefix(4) == Data([0x4D, 0x3C, 0xB2, 0xA1]), "\(Array(capture.prefix(4)))")
            #expect(try folder.text(of: "desk.pcap.keys").contains("CLIENT_TRAFFIC_SECRET_0 "))
            let again = try await ProgramRun.of(
                "hookassay",
                ["receive", "--no-page", "--pcap", "desk.pcap"],
                in: folder.path
            )
            #expect(again.status == 3)
            #expect(again.complaints.contains("desk.pcap: "), "\(again.complaints)")
        }
    }

    @Test func `leaves nothing behind when the evidence is not kept`() async throws {
        try await withTemporaryFolder { folder in
            try folder.write("", to: "tmp/.keep")
            let work = folder.appending(path: "tmp").path
            let run = try await ProgramRun.of(
                "hookassay",
                ["receive", "--no-page", "--for", "1s"],
                in: folder.path,
                environment: ["TMPDIR": work]
            )
            #expect(run.status == 0, "\(run.everything)")
            #expect(run.output.contains("evidence      not kept; --out FILE keeps it\n"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: work) == [".keep"])
        }
    }
}

extension JSONValue {
    /// The text or number at a path of names.
    func text(_ names: String...) -> String? {
        switch self[JSONPointer(tokens: names)] {
        case .string(let text)?, .number(let text)?: text
        default: nil
        }
    }
}
