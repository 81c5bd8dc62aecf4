import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import Testing

@Suite struct `Recording requests` {
    @Test func `keeps the head byte for byte and every header in its order and case`() async throws {
        let head =
            "POST /hooks?a=1 HTTP/1.1\r\nhOST: receiver\r\nX-Twice: one\r\ncontent-length: 2\r\nx-twice:   two\r\n"
            + "Connection: close\r\n\r\n"
        let evidence = try await receiving([.status(204)]) { bench in
            let victim = try bench.victim()
            try await victim.send(head + "{}")
            _ = try await victim.receive()
            victim.close()
        }
        let record = try #require(evidence.arrived.first)
        #expect(record.head.text == head)
        #expect(record.method == "POST")
        #expect(record.target == "/hooks?a=1")
        #expect(record.version == "HTTP/1.1")
        #expect(record.headers.map(\.name) == ["hOST", "X-Twice", "content-length", "x-twice", "Connection"])
        #expect(record.values(of: "X-TWICE") == ["one", "two"])
        #expect(record.body.text == "{}")
        #expect(record.malformed == nil)
        #expect(record.attempt == 1 && record.connection == 1 && record.ordinal == 1)
    }

    @Test func `stamps the first byte, the end of the head and the end of the body apart`() async throws {
        let clock = HeldClock()
        let evidence = try await receiving([.status(200)], clock: clock) { bench in
            let victim = try bench.victim()
            clock.advance(by: .seconds(1))
            try await victim.send("POST / HT")
            try await bench.evidence.reach { _ in bench.receiver.activity.inFlight == 1 }
            clock.advance(by: .seconds(2))
            try await victim.send("TP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n")
            // The go-ahead says that the head was read to its end.
            _ = try await victim.receive { $0.hasSuffix("\r\n\r\n") }
            try await victim.send("bo")
            clock.advance(by: .seconds(4))
            try await victim.send("dy")
            _ = try await victim.receive { $0.hasSuffix("\r\n\r\n") }
            victim.close()
        }
        let record = try #require(evidence.arrived.first)
        let bodyEnd = try #require(record.bodyEnd)
        #expect(record.firstByte == Stamp(sinceStart: .seconds(1)))
        #expect(record.headEnd == Stamp(sinceStart: .seconds(3)))
        #expect(bodyEnd == Stamp(sinceStart: .seconds(7)))
        let ended = try #require(evidence.ended.first)
        let began = try #require(ended.answerBegan)
        #expect(began >= bodyEnd)
        #expect(try #require(ended.answerEnded) >= began)
    }

    @Test func `keeps a chunked body without its framing and finds the request after it`() async throws {
        let head = "POST /1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        let chunked =
            head + "4\r\na\nb\n\r\n5;note=\"x\"\r\n12345\r\n0\r\nTrailer-One: t\r\n\r\n"
        let second = "POST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nConnection: close\r\n\r\nz"
        let evidence = try await receiving([.status(200, body: "first"), .status(201, body: "second")]) { bench in
            let victim = try bench.victim()
            try await victim.send(chunked + second)
            let answers = try await victim.receive().text
            #expect(answers.contains("200 OK") && answers.hasSuffix("second"))
            victim.close()
        }
        #expect(evidence.arrived.map(\.body.text) == ["a\nb\n12345", "z"])
        #expect(evidence.arrived.map(\.head.text) == [head, String(second.dropLast())])
        #expect(evidence.arrived.map(\.target) == ["/1", "/2"])
        #expect(evidence.opened.count == 1)
        #expect(evidence.ended.map(\.status) == [200, 201])
    }

    @Test func `answers pipelined requests in their order, also when the first answer is late`() async throws {
        let late = Reply.respond(Response(status: 200, body: "one", after: .milliseconds(150)))
        let evidence = try await receiving([late, .status(202, body: "two")]) { bench in
            let victim = try bench.victim()
            try await victim.send(request("1") + request("2"))
            let answers = try await victim.receive { $0.hasSuffix("two") }.text
            #expect(answers.hasPrefix("HTTP/1.1 200 OK"))
            victim.close()
        }
        #expect(evidence.ended.map(\.attempt) == [1, 2])
        #expect(evidence.ended.map(\.closing) == [nil, nil])
    }

    @Test func `counts plain-text bytes of the connection in both directions`() async throws {
        let sent = request("hello", headers: "Connection: close\r\n")
        let evidence = try await receiving([.status(200, body: "fine")]) { bench in
            let victim = try bench.victim()
            try await victim.send(sent)
            let answer = try await victim.receive().text
            victim.close()
            try await bench.evidence.reach { $0.closed.count == 1 }
            #expect(bench.evidence.closed.first?.bytesOut == answer.utf8.count)
            #expect(bench.evidence.ended.first?.bytesOut == answer.utf8.count)
        }
        #expect(evidence.closed.map(\.bytesIn) == [sent.utf8.count])
        #expect(evidence.closed.first?.closing.by == .receiver)
        #expect(evidence.ended.first?.closing?.how == .fin)
    }

    @Test func `tells a client that asks first to go on, and not at a fault at the head`() async throws {
        let head = "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
        let fault = Reply.fault(Fault(kind: .close, at: .head))
        try await receiving([.status(200), fault]) { bench in
            let polite = try bench.victim()
            try await polite.send(head)
            #expect(try await polite.receive { $0.hasSuffix("\r\n\r\n") }.text == "HTTP/1.1 100 Continue\r\n\r\n")
            try await polite.send("{}")
            #expect(try await polite.receive { $0.hasSuffix("\r\n\r\n") }.text.hasPrefix("HTTP/1.1 200 OK"))
            polite.close()
            let refused = try bench.victim()
            try await refused.send(head)
            let answer = try await refused.receive()
            #expect(answer.text.isEmpty && answer.ending == .fin)
            refused.close()
        }
    }
}
