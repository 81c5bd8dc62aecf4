import DeliveryScenarios
import Foundation
import Notation
import Testing

@Suite struct `Replies in a file` {
    private func script(_ receiver: String, endpoint: String = "{ http2: true }") throws -> ReplyScript {
        let scenario = try TestContract.scenario(
            "scenario: Replies\nendpoint: \(endpoint)\nsteps: [quiet]\nreceiver:\n\(receiver)\n"
        )
        return try #require(scenario.endpoints.first).script
    }

    private func response(_ fields: String) throws -> Response? {
        let reply = try script("  - respond: { \(fields) }").replies.first
        guard case .respond(let response)? = reply else { return nil }
        return response
    }

    private func fault(_ fields: String) throws -> Fault? {
        guard case .fault(let fault)? = try script("  - fault: \(fields)").replies.first else { return nil }
        return fault
    }

    @Test func `say everything about an answer`() throws {
        let expected = Response(
            status: 503,
            reason: "Gone fishing",
            headers: [
                ReplyHeader(name: "B", value: "1"), ReplyHeader(name: "A", value: "2"),
                ReplyHeader(name: "A", value: "3"),
            ],
            body: "no",
            after: .seconds(2),
            holdHeaders: .seconds(1),
            holdBody: .milliseconds(500),
            early: true,
            interim: [
                InterimResponse(status: 103),
                InterimResponse(
                    status: 102,
                    headers: [ReplyHeader(name: "Link", value: "</a>")],
                    after: .milliseconds(100)
                ),
            ],
            slowRead: SlowRead(bytes: 1024, every: .milliseconds(10))
        )
        let read = try response(
            """
            status: 503, reason: Gone fishing, headers: { B: 1, A: [2, 3] }, body: "no", after: 2s, hold_headers: 1s,
                hold_body: 500ms, early: true, interim: [103, { status: 102, headers: { Link: </a> }, after: 100ms }],
                slow_read: { bytes: 1KiB, every: 10ms }
            """
        )
        #expect(read == expected)
    }

    @Test func `have bodies that the receiver makes`() throws {
        #expect(try response("status: 200, size: 5 MiB")?.filler == .size(5 << 20))
        #expect(try response("status: 200, gzip_bomb: 1 GiB")?.filler == .gzip(inflated: 1 << 30))
        #expect(try response("status: 200, reason: ''")?.reason == "")
        // What drips is counted off byte by byte, so the bytes are there.
        let dripped = try response("status: 200, size: 3 bytes, drip: { body: 1 byte, every: 1s }")
        #expect(dripped?.filler == nil && dripped?.body.utf8.count == 3)
    }

    @Test func `have bodies from files beside the scenario`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "replies-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(at: folder) } catch { print("\(folder.path()) stays: \(error)") }
        }
        try Data("from a file\n".utf8).write(to: folder.appending(path: "body.txt"))
        try Data([0xFF, 0xFE]).write(to: folder.appending(path: "body.bin"))
        let path = folder.appending(path: "late.yaml").path()
        func read(_ name: String) throws -> Scenario {
            try ScenarioFile.read(
                SourceText(
                    path: path,
                    text: "scenario: A\nreceiver: [{ respond: { status: 200, body_file: \(name) } }]\nsteps: [quiet]\n"
                )
            )
        }
        let reply = try read("body.txt").endpoints.first?.script.replies.first
        #expect(reply == .respond(Response(status: 200, body: "from a file\n")))
        for (name, message) in [
            ("nowhere.txt", "`body_file`: there is no file 'nowhere.txt'"),
            ("'.'", "`body_file`: '.' is not a plain file"),
            ("body.bin", "`body_file`: 'body.bin' is not UTF-8 text"),
        ] {
            let error = #expect(throws: DiagnosticList.self) { try read(name) }
            #expect(error?.diagnostics.map(\.message) == [message])
        }
    }

    @Test(
        arguments: [
            ("2s", Duration.seconds(2), nil),
            ("1s..3s", .zero, .uniform(least: .seconds(1), most: .seconds(3))),
            ("{ between: 1s .. 3s }", .zero, .uniform(least: .seconds(1), most: .seconds(3))),
            (
                "{ lognormal: { median: 1s, sigma: 0.5, at most: 30s } }", .zero,
                .lognormal(median: .seconds(1), sigma: 0.5, most: .seconds(30))
            ),
        ] as [(String, Duration, DelaySpread?)]
    )
    func `are late`(_ text: String, _ after: Duration, _ spread: DelaySpread?) throws {
        let response = try response("status: 503, after: \(text)")
        #expect(response == Response(status: 503, after: after, spread: spread))
        let fault = try fault("{ kind: reset, after: \(text) }")
        #expect(fault == Fault(kind: .reset, after: after, spread: spread))
    }

    @Test func `are faults in words and as mappings`() throws {
        #expect(try fault("reset at accept after 2s") == Fault(kind: .reset, at: .accept, after: .seconds(2)))
        #expect(try fault("goaway") == Fault(kind: .goAway))
        #expect(try fault("half-close after request") == Fault(kind: .halfClose))
        #expect(try fault("hang after 100 bytes of the request") == Fault(kind: .hang, at: .requestBody(100)))
        #expect(try fault("{ kind: goaway, code: 8 }") == Fault(kind: .goAway, code: 8))
        #expect(try fault("{ kind: rst-stream, code: REFUSED_STREAM }") == Fault(kind: .resetStream, code: 7))
        #expect(try fault("{ kind: wrong-length, bytes: 10 }") == Fault(kind: .wrongLength, bytes: 10))
        let endless = try fault("{ kind: endless, at: after header 1, bytes: 1KiB, every: 1s }")
        #expect(endless == Fault(kind: .endless, at: .header(1), bytes: 1024, every: .seconds(1)))
        let slow = try fault("{ kind: slow-read, bytes: 5, every: 2s, after: 1s, drip: { body: 1 byte, every: 1s } }")
        #expect(slow?.bytes == 5 && slow?.every == .seconds(2) && slow?.answer.after == .seconds(1))
        #expect(slow?.answer.drip == Drip(part: .body, bytes: 1, every: .seconds(1)))
    }

    @Test func `are faults in an answer of their own`() throws {
        let fault = try fault(
            "{ kind: reset, at: after 2 bytes of the body, status: 503, reason: No, headers: { X-A: 1 }, body: four, interim: [103] }"
        )
        let answer = Response(
            status: 503,
            reason: "No",
            headers: [ReplyHeader(name: "X-A", value: "1")],
            body: "four",
            interim: [InterimResponse(status: 103)]
        )
        #expect(fault == Fault(kind: .reset, at: .body(2), answer: answer))
        let status = try self.fault("{ kind: reset, at: inside body, status: 500 }")
        #expect(status?.answer.status == 500 && status?.answer.body == Fault.answer.body)
    }

    @Test func `keep an answer's own headers when its body has to be longer, and the other way round`() throws {
        let body = try fault("{ kind: reset, at: after 1MiB of the body, headers: { X-A: 1 } }")
        #expect(body?.answer.headers == [ReplyHeader(name: "X-A", value: "1")])
        #expect((body?.answer.bodySize ?? 0) > 1 << 20)
        let headers = try fault("{ kind: reset, at: after header 9, body: mine }")
        #expect(headers?.answer.body == "mine" && headers?.answer.headerLineCount == 9)
    }

    @Test func `are given several times, for a time, or to some of the attempts`() throws {
        let script = try script(
            """
              - { respond: 500, times: 3 }
              - { respond: 503, for: 10m }
              - { fault: refuse, for: 5s }
              - fault: blackhole for 5s
              - { fault: reset, every: 3rd }
              - { fault: hang, every: 4 }
              - { respond: 429, with: 20 % }
              - { respond: 429, with: 20 % seed 7 }
              - { respond: 502, from: 5m, for: 10m }
              - respond: 200
            """
        )
        #expect(
            script.turns == [
                ScriptTurn(reply: .respond(Response(status: 500)), times: 3),
                ScriptTurn(reply: .respond(Response(status: 503)), duration: .seconds(600)),
                ScriptTurn(reply: .fault(Fault(kind: .refuse)), duration: .seconds(5)),
                ScriptTurn(reply: .fault(Fault(kind: .blackhole)), duration: .seconds(5)),
                ScriptTurn(reply: .respond(Response(status: 200))),
            ]
        )
        #expect(
            script.interruptions.map(\.moment) == [
                .every(3), .every(4), .chance(0.2, seed: nil), .chance(0.2, seed: 7),
                .window(from: .seconds(300), duration: .seconds(600)),
            ]
        )
    }

    @Test func `that only interrupt leave a 200 to the others`() throws {
        let script = try script("  - { fault: reset, every: 3rd }")
        #expect(script.turns == [ScriptTurn(reply: .respond(Response(status: 200)))])
        #expect(script.interruptions.count == 1)
    }

    @Test func `know where they stand`() throws {
        let scenario = try TestContract.scenario(
            """
            scenario: Places
            receiver:
              - respond: 500
              - { fault: reset, every: 3rd }
              - respond: 200
            steps: [quiet]
            """
        )
        let positions = try #require(scenario.endpoints.first).replyPositions
        #expect(positions[ReplyPlace(item: .turn(2))]?.line == 5)
        #expect(positions[ReplyPlace(item: .interruption(1))]?.line == 4)
    }

    @Test func `can use every fault at every point where it makes sense`() throws {
        for kind in Fault.Kind.allCases {
            for point in kind.points {
                let time = kind.closesPort ? " for 5s" : ""
                let fault = try fault("\(kind.rawValue) \(point.text)\(time)")
                #expect(fault?.kind == kind && fault?.at == point, "\(kind.rawValue) \(point.text)")
            }
        }
    }
}
