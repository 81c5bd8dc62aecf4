import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import Testing

@Suite struct `A dispatcher that closes early` {
    static let late = Reply.respond(Response(status: 200, after: .seconds(3600)))

    @Test(arguments: [Closing.Manner.fin, .reset])
    func `is noticed while its answer is still to come`(_ how: Closing.Manner) async throws {
        var before = Stamp(nanoseconds: 0)
        let evidence = try await receiving([Self.late]) { bench in
            let victim = try bench.victim()
            try await victim.send(request("{}"))
            try await bench.evidence.reach { $0.arrived.count == 1 }
            before = bench.now
            if how == .fin { victim.close() } else { victim.reset() }
            try await bench.evidence.reach { $0.closed.count == 1 }
            #expect(bench.receiver.activity.inFlight == 0)
        }
        let ended = try #require(evidence.ended.first)
        let closing = try #require(ended.closing)
        #expect(closing.by == .dispatcher && closing.how == how)
        #expect(ended.answerBegan == nil && ended.answerEnded == nil && ended.status == nil && ended.bytesOut == 0)
        #expect(closing.at >= before)
        #expect(evidence.closed.map(\.closing) == [closing])
    }

    @Test func `by half counts as having given up`() async throws {
        let evidence = try await receiving([Self.late]) { bench in
            let victim = try bench.victim()
            try await victim.send(request("{}"))
            victim.shutDownWriting()
            #expect(try await victim.receive().ending == .fin)
            victim.close()
        }
        #expect(evidence.ended.first?.closing?.by == .dispatcher)
    }

    @Test func `inside its body leaves a record of what came`() async throws {
        let evidence = try await receiving([.status(200)]) { bench in
            let victim = try bench.victim()
            try await victim.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc")
            try await bench.evidence.reach { _ in bench.receiver.activity.inFlight == 1 }
            victim.close()
            try await bench.evidence.reach { $0.closed.count == 1 }
        }
        let record = try #require(evidence.arrived.first)
        #expect(record.body.text == "abc")
        #expect(record.bodyEnd == nil && record.malformed == nil)
        #expect(evidence.ended.first?.closing?.by == .dispatcher)
    }

    @Test func `inside its head leaves a record of what came`() async throws {
        let evidence = try await receiving([.status(200)]) { bench in
            let victim = try bench.victim()
            try await victim.send("POST / HTTP/1.1\r\nHos")
            victim.close()
            try await bench.evidence.reach { $0.closed.count == 1 }
        }
        #expect(evidence.arrived.map(\.head.text) == ["POST / HTTP/1.1\r\nHos"])
        #expect(evidence.arrived.first?.malformed?.contains("inside the head") == true)
    }

    @Test func `without having sent anything makes no attempt`() async throws {
        let evidence = try await receiving([.status(200)]) { bench in
            let victim = try bench.victim()
            try await bench.evidence.reach { $0.opened.count == 1 }
            victim.close()
            try await bench.evidence.reach { $0.closed.count == 1 }
        }
        #expect(evidence.arrived.isEmpty && evidence.ended.isEmpty)
        #expect(evidence.closed.first?.closing.by == .dispatcher)
    }

    @Test func `on a connection that is not read any more is noticed`() async throws {
        let evidence = try await receiving([.fault(Fault(kind: .hang, at: .head))]) { bench in
            let victim = try bench.victim()
            try await victim.send(request("{}"))
            try await bench.evidence.reach { $0.arrived.count == 1 }
            victim.close()
            try await bench.evidence.reach { $0.closed.count == 1 }
        }
        #expect(evidence.ended.first?.closing?.by == .dispatcher)
        #expect(evidence.arrived.first?.bodyEnd == nil)
    }
}
