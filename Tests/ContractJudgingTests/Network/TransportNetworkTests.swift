import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Checks of TLS versions` {
    private func run(_ rule: TLSRule? = .version1Point2, host: String? = nil) throws -> HistoryMaker {
        try HistoryMaker.networked(
            host.map { HistoryMaker.names($0, ["127.0.0.1"]) } ?? ScenarioNetwork(),
            host: host
        ) { contract in
            if let rule { contract.transport.tls = SampleContract.stated(rule) }
        }
    }

    private func old(_ maker: inout HistoryMaker, spoken: String?) {
        maker.connect(at: .seconds(2), version: spoken)
        let fault = FaultProduced(
            endpoint: "main",
            connection: 1,
            attempt: nil,
            asked: "fault old-version",
            kernel: [],
            wire: "alert"
        )
        maker.history.faults.append(Timed(at: Stamp(sinceStart: .seconds(2)), value: fault))
        guard spoken == nil else { return }
        let failed = HandshakeFailed(connection: 1, reason: "unsupported protocol")
        maker.history.connections[0].handshakeFailed = Timed(at: Stamp(sinceStart: .seconds(2)), value: failed)
    }

    @Test func `hold where an old version is refused and are violated where it is spoken`() throws {
        var refused = try run()
        old(&refused, spoken: nil)
        #expect(refused.outcome("transport.tls-version") == .held)
        var spoken = try run()
        old(&spoken, spoken: "TLSv1.1")
        #expect(spoken.outcome("transport.tls-version") == .violated)
    }

    @Test func `go by the contract's own version`() throws {
        var maker = try run(.version1Point3)
        maker.connect(at: .seconds(2), version: "TLSv1.2")
        #expect(maker.outcome("transport.tls-version") == .violated)
        maker.history.connections[0].secured?.value.version = "TLSv1.3"
        #expect(maker.outcome("transport.tls-version") == .held)
    }

    @Test func `report what was spoken where the contract is silent, and only of old versions`() throws {
        var maker = try run(nil)
        maker.connect(at: .seconds(2), version: "TLSv1.3")
        #expect(maker.outcome("transport.tls-version") == nil)
        var spoken = try run(nil)
        old(&spoken, spoken: "TLSv1.1")
        #expect(spoken.outcome("transport.tls-version") == .unstated)
    }

    @Test func `ask for the host's name in the handshake`() throws {
        var maker = try run(nil, host: "hooks.example.test")
        maker.connect(at: .seconds(2), version: "TLSv1.3", name: "hooks.example.test")
        #expect(maker.outcome("transport.tls-version") == .held)
        maker.history.connections[0].secured?.value.serverName = nil
        #expect(maker.outcome("transport.tls-version") == .violated)
        maker.history.connections[0].secured?.value.serverName = "other.example.test"
        #expect(maker.outcome("transport.tls-version") == .violated)
    }
}

@Suite struct `Checks of the families of addresses` {
    private func run(_ change: (inout Contract) -> Void = { _ in }) throws -> HistoryMaker {
        let network = HistoryMaker.names("six.example.test", ["::1"])
        var maker = try HistoryMaker.networked(network, host: "six.example.test", isVersion6: true, change)
        maker.emit()
        return maker
    }

    @Test func `hold when the event comes`() throws {
        var maker = try run()
        maker.attempt("e1", at: .seconds(2))
        #expect(maker.outcome("transport.address-families") == .held)
    }

    @Test func `are violated when the name was asked for and nothing comes`() throws {
        var maker = try run()
        maker.ask("six.example.test", at: .seconds(1), answer: "none", turn: 1)
        #expect(maker.outcome("transport.address-families") == .violated)
        #expect(maker.outcome("delivery.arrives") == nil)
    }

    @Test func `prove nothing when the resolver was not asked, or the observation ended early`() throws {
        var maker = try run()
        #expect(maker.outcome("transport.address-families") == .inconclusive)
        maker.ask("six.example.test", at: .seconds(1), answer: "none", turn: 1)
        maker.finish(at: .seconds(3600), complete: false)
        #expect(maker.outcome("transport.address-families") == .inconclusive)
    }

    @Test func `report what came where the guarantee is unstated`() throws {
        let maker = try run { $0.guarantee = .unstated }
        #expect(maker.outcome("transport.address-families") == .unstated)
    }

    @Test func `have no occasion at a plain name or at none`() throws {
        let network = HistoryMaker.names("hooks.example.test", ["127.0.0.1"])
        var maker = try HistoryMaker.networked(network, host: "hooks.example.test")
        maker.emit()
        #expect(maker.outcome("transport.address-families") == nil)
        #expect(maker.outcome("delivery.arrives") == .violated)
        #expect(try HistoryMaker.delivered().outcome("transport.address-families") == nil)
    }
}

@Suite struct `Checks of the connect limit` {
    private func run(second: Duration, logged: Bool, _ limit: Duration? = .seconds(3)) throws -> HistoryMaker {
        var maker = try HistoryMaker.networked { contract in
            if let limit { contract.transport.connectLimit = SampleContract.stated(limit) }
        }
        maker.emit(dispatcherID: "id-of-e1")
        maker.outage(from: .zero, to: .seconds(200))
        maker.attempt("e1", at: second, number: 2)
        guard logged else { return maker }
        maker.log()
        guard var log = maker.history.deliveryLog else { return maker }
        let first = LoggedAttempt(
            number: 1,
            outcome: "failed",
            attemptedAt: "2026-03-03T14:00:01.010Z",
            error: "timeout"
        )
        log.deliveries[0].attempts.insert(first, at: 0)
        maker.history.deliveryLog = log
        return maker
    }

    @Test func `hold when the retry comes so long after the limit`() throws {
        #expect(try run(second: .seconds(304), logged: true).outcome("limit.connect") == .held)
        #expect(try run(second: .seconds(304), logged: false).outcome("limit.connect") == .held)
    }

    @Test func `are violated when the attempt took the whole time for an answer`() throws {
        #expect(try run(second: .seconds(340), logged: true).outcome("limit.connect") == .violated)
    }

    @Test func `prove nothing when no log says when the attempt began`() throws {
        #expect(try run(second: .seconds(340), logged: false).outcome("limit.connect") == .inconclusive)
    }

    @Test func `prove nothing when the host stalled meanwhile`() throws {
        var maker = try run(second: .seconds(340), logged: true)
        maker.stall(from: .seconds(2), to: .seconds(40))
        #expect(maker.outcome("limit.connect") == .inconclusive)
    }

    @Test func `report the time where no limit is stated`() throws {
        #expect(try run(second: .seconds(340), logged: true, nil).outcome("limit.connect") == .unstated)
    }

    @Test func `have no occasion at a port in order`() throws {
        var maker = try run(second: .seconds(304), logged: true)
        maker.history.faults = []
        #expect(maker.outcome("limit.connect") == nil)
    }
}
