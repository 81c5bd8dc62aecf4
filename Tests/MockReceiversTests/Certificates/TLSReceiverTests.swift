import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import NIOSSL
import Testing

@Suite(.timeLimit(.minutes(20))) struct `A receiver with TLS` {
    private static let closing = request("{}", headers: "Connection: close\r\n")

    @Test func `serves a client that trusts the run's authority`() async throws {
        let evidence = try await receiving([.status(200, body: "ok")], identity: .trusted) { bench in
            let victim = TLSVictim(port: bench.receiver.port, trust: .only(pem: bench.authority.caPEM))
            let answer = try await victim.exchange(Self.closing)
            #expect(answer == "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            #expect(bench.receiver.url.hasPrefix("https://127.0.0.1:"))
        }
        #expect(evidence.secured.map(\.version) == ["TLS 1.3"])
        #expect(evidence.arrived.map(\.head.text) == [String(Self.closing.dropLast(2))])
        #expect(evidence.closed.map(\.bytesIn) == [Self.closing.utf8.count])
        #expect(evidence.ended.first?.closing?.by == .receiver)
        #expect(evidence.failedHandshakes.isEmpty)
    }

    @Test(arguments: [ReceiverIdentity.selfSigned, .expired, .wrongHost])
    func `is refused by a client that verifies`(_ identity: ReceiverIdentity) async throws {
        let evidence = try await receiving([.status(200)], identity: identity) { bench in
            let victim = TLSVictim(port: bench.receiver.port, trust: .only(pem: bench.authority.caPEM))
            let error = try await #require(throws: (any Error).self) { try await victim.exchange(Self.closing) }
            if identity == .wrongHost {
                #expect((error as? NIOSSLExtraError) == .failedToValidateHostname)
            } else {
                #expect("\(error)".contains("CERTIFICATE_VERIFY_FAILED"))
                try await bench.evidence.reach { $0.failedHandshakes.count == 1 }
            }
            try await bench.evidence.reach { $0.closed.count == 1 }
            #expect(bench.receiver.activity.inFlight == 0)
        }
        #expect(evidence.arrived.isEmpty)
        #expect(evidence.closed.first?.closing.by == .dispatcher)
        if identity != .wrongHost {
            #expect(evidence.failedHandshakes.first?.reason.hasPrefix("alert ") == true)
            #expect(evidence.secured.isEmpty)
        }
    }

    @Test func `for the wrong host has nothing wrong but the name`() async throws {
        try await receiving([.status(200)], identity: .wrongHost) { bench in
            let victim = TLSVictim(port: bench.receiver.port, trust: .onlyChain(pem: bench.authority.caPEM))
            let answer = try await victim.exchange(Self.closing)
            #expect(answer.hasPrefix("HTTP/1.1 200 OK"))
        }
    }

    @Test(arguments: [ReceiverIdentity.selfSigned, .expired, .wrongHost])
    func `serves and records a client that accepts anything`(_ identity: ReceiverIdentity) async throws {
        let evidence = try await receiving([.status(200)], identity: identity) { bench in
            let victim = TLSVictim(port: bench.receiver.port, trust: .anything)
            let answer = try await victim.exchange(Self.closing)
            #expect(answer.hasPrefix("HTTP/1.1 200 OK"))
        }
        #expect(evidence.arrived.map(\.method) == ["POST"])
        #expect(evidence.ended.map(\.status) == [200])
    }

    @Test(arguments: [true, false])
    func `records a handshake that the client leaves`(_ bySpeakingPlainly: Bool) async throws {
        let evidence = try await receiving([.status(200)], identity: .trusted) { bench in
            let victim = try bench.victim()
            try await bench.evidence.reach { _ in bench.receiver.activity.inFlight == 1 }
            if bySpeakingPlainly {
                try await victim.send(Self.closing)
                _ = try await victim.receive()
            }
            victim.close()
            try await bench.evidence.reach { $0.closed.count == 1 }
            #expect(bench.receiver.activity.inFlight == 0)
        }
        let failure = try #require(evidence.failedHandshakes.first)
        #expect(failure.reason.contains(bySpeakingPlainly ? "HTTP_REQUEST" : "closed during handshake"))
        #expect(evidence.closed.first?.closing.by == (bySpeakingPlainly ? .receiver : .dispatcher))
        #expect(evidence.arrived.isEmpty)
    }

    @Test func `records a handshake that the end of the scope cut off`() async throws {
        let evidence = try await receiving([.status(200)], identity: .trusted) { bench in
            let victim = try bench.victim()
            try await bench.evidence.reach { $0.opened.count == 1 }
            #expect(try await victim.receive(for: .milliseconds(50)).ending == .stillOpen)
        }
        let reason = "still in progress when the receiver closed the connection"
        #expect(evidence.failedHandshakes.map(\.reason) == [reason])
        #expect(evidence.closed.first?.closing.by == .receiver)
    }

    @Test(arguments: [Fault.Kind.reset, .close])
    func `produces faults beneath or through TLS`(_ kind: Fault.Kind) async throws {
        let evidence = try await receiving([.fault(Fault(kind: kind))], identity: .trusted) { bench in
            let victim = TLSVictim(port: bench.receiver.port, trust: .only(pem: bench.authority.caPEM))
            if kind == .reset {
                let error = try await #require(throws: (any Error).self) { try await victim.exchange(Self.closing) }
                #expect("\(error)".contains("reset"))
            } else {
                #expect(try await victim.exchange(Self.closing).isEmpty)
            }
        }
        #expect(evidence.ended.first?.closing?.by == .receiver)
        #expect(evidence.ended.first?.closing?.how == (kind == .reset ? .reset : .fin))
        #expect(evidence.failures.isEmpty)
    }

    @Test func `tells a client's orderly end from its own`() async throws {
        let late = Reply.respond(Response(status: 200, after: .seconds(3600)))
        let evidence = try await receiving([late], identity: .trusted) { bench in
            let victim = TLSVictim(port: bench.receiver.port, trust: .anything)
            let exchange = Task { try await victim.exchange(Self.closing) }
            try await bench.evidence.reach { $0.arrived.count == 1 }
            exchange.cancel()
            _ = await exchange.result
            try await bench.evidence.reach { $0.closed.count == 1 }
        }
        #expect(evidence.ended.first?.closing?.by == .dispatcher)
        #expect(evidence.ended.first?.closing?.how == .fin)
    }
}
