import DeliveryEvidence
import DeliveryScenarios
import Testing

@Suite struct `Lawful answers` {
    @Test func `have the script's headers in order and case and a length of their own`() async throws {
        let response = Response(
            status: 503,
            headers: [ReplyHeader(name: "rEtRy-After", value: "120"), ReplyHeader(name: "X-A", value: "b c")],
            body: "später"
        )
        try await receiving([.respond(response)]) { bench in
            let answer = try await bench.post("{}")
            #expect(
                answer.text == "HTTP/1.1 503 Service Unavailable\r\n"
                    + "rEtRy-After: 120\r\nX-A: b c\r\nContent-Length: 7\r\n\r\nspäter"
            )
            #expect(answer.ending == .fin)
        }
    }

    @Test func `keep a length or transfer encoding that the script wrote`() async throws {
        let long = Response(status: 200, headers: [ReplyHeader(name: "content-length", value: "9")], body: "ab")
        let chunked = Response(
            status: 200,
            headers: [ReplyHeader(name: "Transfer-Encoding", value: "chunked")],
            body: "2\r\nab\r\n0\r\n\r\n"
        )
        try await receiving([.respond(long), .respond(chunked)]) { bench in
            #expect(try await bench.post("{}").text == "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nab")
            let second = try await bench.post("{}").text
            #expect(second == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n")
        }
    }

    @Test(arguments: [204, 304])
    func `without a body have no length either`(_ status: Int) async throws {
        try await receiving([.status(status, body: "never")]) { bench in
            let text = try await bench.post("{}").text
            #expect(text.hasPrefix("HTTP/1.1 \(status) "))
            #expect(text.hasSuffix("\r\n\r\n") && !text.contains("Content-Length"))
        }
    }

    @Test func `come no earlier than asked, counted from the end of the request`() async throws {
        let clock = HeldClock()
        let late = Reply.respond(Response(status: 200, body: "x", after: .milliseconds(200)))
        let evidence = try await receiving([late], clock: clock) { bench in
            let victim = try bench.victim()
            try await victim.send(request("{}"))
            try await bench.evidence.reach { _ in clock.sleepers == 1 }
            clock.advance(by: .milliseconds(199))
            #expect(try await victim.receive(for: .milliseconds(50)).text.isEmpty)
            clock.advance(by: .milliseconds(1))
            #expect(try await victim.receive { $0.hasSuffix("x") }.text.hasSuffix("x"))
            victim.close()
        }
        let bodyEnd = try #require(evidence.arrived.first?.bodyEnd)
        let began = try #require(evidence.ended.first?.answerBegan)
        #expect(began - bodyEnd == .milliseconds(200))
        #expect(evidence.ended.first?.asked == "respond 200 after 200ms")
    }

    @Test func `hold the body back after the head`() async throws {
        let response = Response(status: 200, body: "held", holdBody: .milliseconds(200))
        let clock = HeldClock()
        let evidence = try await receiving([.respond(response)], clock: clock) { bench in
            let victim = try bench.victim()
            try await victim.send(request("{}"))
            let head = try await victim.receive { $0.hasSuffix("\r\n\r\n") }
            #expect(head.text.hasSuffix("\r\n\r\n"))
            try await bench.evidence.reach { _ in clock.sleepers == 1 }
            clock.advance(by: .milliseconds(199))
            #expect(try await victim.receive(for: .milliseconds(50)).text.isEmpty)
            clock.advance(by: .milliseconds(1))
            #expect(try await victim.receive { $0 == "held" }.text == "held")
            victim.close()
        }
        let ended = try #require(evidence.ended.first)
        #expect(try #require(ended.answerEnded) - (try #require(ended.answerBegan)) == .milliseconds(200))
    }

    @Test(arguments: Drip.Part.allCases)
    func `drip in pieces, each no earlier than asked`(_ part: Drip.Part) async throws {
        let drip = Drip(part: part, bytes: 10, every: .milliseconds(50))
        let response = Response(status: 200, body: String(repeating: "0123456789", count: 4), drip: drip)
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n"
        let clock = HeldClock()
        let evidence = try await receiving([.respond(response)], clock: clock) { bench in
            let victim = try bench.victim()
            try await victim.send(request("{}"))
            var answer = ""
            for piece in 1...3 {
                // Whoever waits before the next piece has sent this one, and no more.
                try await bench.evidence.reach { _ in clock.sleepers == 1 }
                let missing = (part == .body ? head.utf8.count : 0) + 10 * piece - answer.utf8.count
                answer += try await victim.receive { $0.utf8.count >= missing }.text
                #expect(answer.utf8.count == (part == .body ? head.utf8.count : 0) + 10 * piece)
                clock.advance(by: .milliseconds(49))
                #expect(clock.sleepers == 1)
                clock.advance(by: .milliseconds(1))
            }
            let missing = head.utf8.count + response.body.utf8.count - answer.utf8.count
            answer += try await victim.receive { $0.utf8.count >= missing }.text
            #expect(answer == head + response.body)
            victim.close()
        }
        let ended = try #require(evidence.ended.first)
        #expect(try #require(ended.answerEnded) - (try #require(ended.answerBegan)) == .milliseconds(150))
        #expect(ended.status == 200)
    }

    @Test func `leave the connection open for the next request, and close it when either side says so`() async throws {
        let closing = Response(status: 200, headers: [ReplyHeader(name: "Connection", value: "close")], body: "bye")
        let evidence = try await receiving([.status(200, body: "stay"), .respond(closing)]) { bench in
            let victim = try bench.victim()
            try await victim.send(request("1"))
            #expect(try await victim.receive { $0.hasSuffix("stay") }.ending == .stillOpen)
            try await victim.send(request("2"))
            #expect(try await victim.receive().ending == .fin)
            victim.close()
        }
        #expect(evidence.ended.map(\.closing?.by) == [nil, .receiver])
        #expect(evidence.opened.count == 1)
    }

    @Test func `are complete in the records also when the client closes as soon as it has them`() async throws {
        let evidence = try await receiving([.status(200, body: "done")]) { bench in
            for _ in 0..<40 {
                let victim = try bench.victim()
                try await victim.send(request("{}"))
                _ = try await victim.receive { $0.hasSuffix("done") }
                victim.close()
            }
            try await bench.evidence.reach { $0.closed.count == 40 }
        }
        #expect(evidence.ended.count == 40)
        #expect(evidence.ended.allSatisfy { $0.answerEnded != nil && $0.closing == nil && $0.bytesOut == 42 })
    }

    @Test func `to HEAD have the length and no body`() async throws {
        try await receiving([.status(200, body: "four")]) { bench in
            let victim = try bench.victim()
            try await victim.send("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(try await victim.receive().text == "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n")
            victim.close()
        }
    }

    @Test func `that a client does not read to the end say how far they went`() async throws {
        let evidence = try await receiving([.status(200, body: String(repeating: "x", count: 30_000_000))]) { bench in
            let victim = try bench.victim()
            try await victim.send(request("{}"))
            #expect(try await victim.receive { $0.utf8.count > 100_000 }.ending == .stillOpen)
            victim.reset()
            try await bench.evidence.reach { $0.closed.count == 1 }
        }
        let ended = try #require(evidence.ended.first)
        #expect(ended.answerEnded == nil && ended.status == 200)
        #expect(ended.bytesOut > 0 && ended.bytesOut < 30_000_000)
        // Also where a write has met the reset before a read does.
        #expect(ended.closing?.by == .dispatcher && ended.closing?.how == .reset)
    }
}
