import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import Testing

@Suite struct `HTTP/2 with prior knowledge` {
    @Test func `answers a request and records it`() async throws {
        let reply = Reply.respond(
            Response(
                status: 201,
                headers: [
                    ReplyHeader(name: "X-Answer", value: "yes"), ReplyHeader(name: "Connection", value: "keep-alive"),
                ],
                body: "done"
            )
        )
        let evidence = try await receivingHTTP2([reply]) { bench in
            var victim = try HTTP2Victim(bench)
            defer { victim.close() }
            let headers = Requests.headers([("x-event", "order.created")], path: "/hooks?a=1")
            try await victim.send(Requests.opening + Requests.post(#"{"a":1}"#, headers: headers, on: 1))
            try await victim.receive { $0.hasEnded(1) }
            let answer = victim.reader
            #expect(answer.frames.first?.kind == .settings)
            #expect(answer.body(1) == "done")
            let expected = [":status": "201", "x-answer": "yes", "content-length": "4"]
            #expect(answer.heads[1] == [expected])
        }
        let arrived = try #require(evidence.arrived.first)
        #expect(arrived.version == "HTTP/2" && arrived.stream == 1 && arrived.malformed == nil)
        #expect(arrived.method == "POST" && arrived.target == "/hooks?a=1" && arrived.body.text == #"{"a":1}"#)
        #expect(arrived.head.bytes.isEmpty && arrived.bodyEnd != nil)
        #expect(arrived.headers.map(\.name) == [":method", ":scheme", ":authority", ":path", "x-event"])
        let ended = try #require(evidence.ended.first)
        #expect(ended.status == 201 && ended.answerEnded != nil && ended.closing == nil)
        #expect(evidence.arrived.count == 1 && evidence.ended.count == 1 && evidence.closed.count == 1)
        #expect(evidence.closed.first?.bytesOut ?? 0 > ended.bytesOut && ended.bytesOut > 4)
        #expect(evidence.failures.isEmpty)
    }

    @Test func `gives each stream a reply of its own, in whatever order they end`() async throws {
        let replies: [Reply] = [
            .respond(Response(status: 500, body: "late", after: .seconds(60))), .status(200, body: "now"),
        ]
        let clock = HeldClock()
        let evidence = try await receivingHTTP2(replies, clock: clock) { bench in
            var victim = try HTTP2Victim(bench)
            defer { victim.close() }
            try await victim.send(Requests.opening + Requests.head(on: 1) + Requests.head(on: 3))
            try await victim.send(Requests.body("a", on: 1) + Requests.body("b", on: 3))
            try await victim.receive { $0.hasEnded(3) }
            #expect(victim.reader.status(3) == "200" && victim.reader.body(3) == "now")
            #expect(victim.reader.status(1) == nil)
            try await bench.evidence.reach { _ in bench.receiver.activity.inFlight == 1 }
            clock.advance(by: .seconds(60))
            try await victim.receive { $0.hasEnded(1) }
            #expect(victim.reader.status(1) == "500" && victim.reader.body(1) == "late")
        }
        #expect(evidence.arrived.map(\.stream) == [1, 3] && evidence.arrived.map(\.body.text) == ["a", "b"])
        #expect(evidence.arrived.map(\.connection) == [1, 1])
        #expect(evidence.ended.map(\.status) == [200, 500])
    }

    @Test func `sends a large body as far as the client's window goes, and the rest when there is more`() async throws {
        let reply = Reply.respond(Response(status: 200, filler: .size(200_000)))
        try await receivingHTTP2([reply]) { bench in
            var victim = try HTTP2Victim(bench)
            defer { victim.close() }
            try await victim.send(Requests.opening + Requests.post("{}", on: 1))
            try await victim.receive { $0.bodies[1]?.count == 65_535 }
            try await victim.receive(for: .milliseconds(200)) { _ in false }
            #expect(victim.reader.bodies[1]?.count == 65_535)
            let more = Frame.bytes(of: 1_000_000)
            let updates = [0, 1].flatMap { Frame(kind: .windowUpdate, stream: $0, payload: more).bytes }
            try await victim.send(updates)
            try await victim.receive { $0.hasEnded(1) }
            #expect(victim.reader.bodies[1]?.count == 200_000)
        }
    }

    @Test func `takes a body that is larger than its windows`() async throws {
        let text = String(repeating: "x", count: 16_000)
        let evidence = try await receivingHTTP2([.status(200)]) { bench in
            var victim = try HTTP2Victim(bench)
            defer { victim.close() }
            try await victim.send(Requests.opening + Requests.head(on: 1))
            var left = 65_535
            for part in 0..<250 {
                // A client may not send more than it was granted.
                while left < 16_000 {
                    let seen = victim.reader.frames.count
                    try await victim.receive { $0.frames.dropFirst(seen).contains { $0.kind == .windowUpdate } }
                    let granted = victim.reader.frames.dropFirst(seen).filter {
                        $0.kind == .windowUpdate && $0.stream == 0
                    }
                    left += granted.map { $0.number(at: 0) }.reduce(0, +)
                    guard victim.ending == .stillOpen else { return }
                }
                left -= 16_000
                try await victim.send(Requests.body(text, on: 1, ends: part == 249))
            }
            try await victim.receive { $0.hasEnded(1) }
        }
        #expect(evidence.arrived.first?.body.bytes.count == 4_000_000 && evidence.ended.first?.status == 200)
    }

    @Test func `sends interim answers, drips and holds`() async throws {
        let interim = InterimResponse(status: 103, headers: [ReplyHeader(name: "Link", value: "</a>")])
        let drip = Drip(part: .body, bytes: 2, every: .milliseconds(1))
        let reply = Reply.respond(
            Response(status: 200, body: "abcde", holdBody: .milliseconds(1), drip: drip, interim: [interim])
        )
        try await receivingHTTP2([reply]) { bench in
            let victim = try await exchange(bench)
            #expect(victim.reader.heads[1]?.map { $0[":status"] } == ["103", "200"])
            #expect(victim.reader.heads[1]?.first?["link"] == "</a>")
            let data = victim.reader.frames.filter { $0.kind == .data }.map {
                String(decoding: $0.payload, as: UTF8.self)
            }
            #expect(data == ["ab", "cd", "e"])
        }
    }

    @Test func `answers early, and records the body that comes afterwards`() async throws {
        let evidence = try await receivingHTTP2([.respond(Response(status: 200, body: "soon", early: true))]) { bench in
            var victim = try HTTP2Victim(bench)
            defer { victim.close() }
            try await victim.send(Requests.opening + Requests.head(on: 1))
            try await victim.receive { $0.hasEnded(1) }
            #expect(bench.evidence.arrived.isEmpty)
            try await victim.send(Requests.body("later", on: 1))
            try await bench.evidence.reach { $0.ended.count == 1 }
        }
        #expect(evidence.arrived.first?.body.text == "later" && evidence.ended.first?.status == 200)
        #expect(evidence.failures.isEmpty)
    }

    @Test func `answers early a client that does not send the rest`() async throws {
        let reply = Reply.respond(Response(status: 413, body: "enough", early: true))
        let evidence = try await receivingHTTP2([reply]) { bench in
            var victim = try HTTP2Victim(bench)
            defer { victim.close() }
            try await victim.send(Requests.opening + Requests.head(Requests.headers([("content-length", "9")]), on: 1))
            try await victim.receive { $0.hasEnded(1) }
            try await victim.send(Requests.body("", on: 1))
            try await bench.evidence.reach { $0.ended.count == 1 }
        }
        #expect(evidence.arrived.first?.bodyEnd == nil && evidence.arrived.first?.malformed == nil)
        #expect(evidence.ended.first?.status == 413 && evidence.failures.isEmpty)
    }

    @Test func `tells a client that expects it to go on`() async throws {
        try await receivingHTTP2([.status(204)]) { bench in
            var victim = try HTTP2Victim(bench)
            defer { victim.close() }
            try await victim.send(
                Requests.opening + Requests.head(Requests.headers([("expect", "100-continue")]), on: 1)
            )
            try await victim.receive { $0.status(1) == "100" }
            try await victim.send(Requests.body("{}", on: 1))
            try await victim.receive { $0.hasEnded(1) }
            #expect(victim.reader.status(1) == "204")
        }
    }

    @Test func `leaves HTTP/1.1 as it is`() async throws {
        let evidence = try await receivingHTTP2([.status(200, body: "one")]) { bench in
            let answer = try await bench.post("{}")
            #expect(answer.text.hasPrefix("HTTP/1.1 200") && answer.text.hasSuffix("one"))
        }
        #expect(evidence.arrived.first?.version == "HTTP/1.1" && evidence.arrived.first?.stream == nil)
        #expect(evidence.ended.first?.status == 200)
    }

    @Test func `reads a preface that comes byte by byte`() async throws {
        try await receivingHTTP2([.status(200)]) { bench in
            var victim = try HTTP2Victim(bench)
            defer { victim.close() }
            for byte in Requests.opening { try await victim.send([byte]) }
            try await victim.send(Requests.post("{}", on: 1))
            try await victim.receive { $0.hasEnded(1) }
            #expect(victim.reader.status(1) == "200")
        }
    }

    @Test func `records a client that stops inside the preface as a request that was cut short`() async throws {
        let evidence = try await receivingHTTP2([.status(200)]) { bench in
            let victim = try bench.victim()
            try await victim.send("PRI * HTTP/2.0\r\n")
            try await bench.evidence.reach { _ in bench.receiver.activity.inFlight == 1 }
            victim.close()
            try await bench.evidence.reach { $0.closed.count == 1 }
            #expect(bench.receiver.activity.inFlight == 0)
        }
        #expect(evidence.arrived.map(\.head.text) == ["PRI * HTTP/2.0\r\n"])
        #expect(evidence.arrived.first?.malformed?.contains("inside the head") == true)
    }

    @Test func `is not spoken where it is not offered`() async throws {
        let evidence = try await receiving([.status(200)]) { bench in
            let victim = try HTTP2Victim(bench)
            try await victim.send(Requests.opening)
            try await bench.evidence.reach { $0.arrived.count == 1 }
            victim.close()
        }
        #expect(evidence.arrived.first?.version != "HTTP/2" && evidence.arrived.first?.malformed != nil)
    }
}
