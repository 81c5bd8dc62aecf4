import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import Testing

@Suite struct `Stubborn clients` {
    @Test func `that never read hold up nothing but their own answer`() async throws {
        let large = Reply.respond(Response(status: 200, filler: .size(64 << 20)))
        let evidence = try await receiving([large, .status(204)]) { bench in
            let deaf = try bench.victim()
            try await deaf.send(request("{}"))
            try await bench.evidence.reach { $0.arrived.count == 1 }
            #expect(try await bench.post("{}").text.hasPrefix("HTTP/1.1 204"))
            #expect(bench.receiver.activity.inFlight == 1)
            deaf.close()
            try await bench.evidence.reach { $0.ended.count == 2 }
        }
        let first = try #require(evidence.ended.first { $0.attempt == 1 })
        #expect(first.answerEnded == nil && first.closing?.by == .dispatcher)
        #expect(first.bytesOut < 64 << 20)
    }

    @Test func `that drip a head a byte at a time are waited for, each on its own`() async throws {
        let evidence = try await receiving([.status(200)]) { bench in
            let slow = try (0..<50).map { _ in try bench.victim() }
            for byte in Array("POST / HT".utf8) { for victim in slow { try await victim.send([byte]) } }
            #expect(try await bench.post("{}").text.hasPrefix("HTTP/1.1 200"))
            for victim in slow { victim.close() }
            try await bench.evidence.reach { $0.arrived.count == 51 }
        }
        #expect(evidence.arrived.count { $0.malformed?.contains("ended inside the head") == true } == 50)
    }

    @Test func `with a hundred thousand headers are recorded up to the stated limit`() async throws {
        let evidence = try await receiving([.status(200)], clock: HeldClock()) { bench in
            let victim = try bench.victim()
            let headers = String(repeating: "X-Many: 1\r\n", count: 100_000)
            // The receiver may end the connection before all is sent.
            try? await victim.send("POST / HTTP/1.1\r\nHost: x\r\n\(headers)\r\n")
            try await bench.evidence.reach { $0.arrived.count == 1 }
            victim.close()
        }
        #expect(evidence.arrived.first?.malformed == "the head is larger than 262144 bytes")
    }
}
