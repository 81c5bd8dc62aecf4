import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Checks of private addresses` {
    private func run(
        _ url: String = "https://2130706433:{port}/hooks",
        accepted: Bool = true,
        _ change: (inout Contract) -> Void = { _ in }
    ) throws -> HistoryMaker {
        var maker = try HistoryMaker.networked(ScenarioNetwork(allowed: []), url: url, change)
        maker.history.registrations[0].value.accepted = accepted
        maker.emit(dispatcherID: "id-of-e1")
        return maker
    }

    @Test func `hold when nothing connects or the endpoint is refused`() throws {
        #expect(try run().outcome("security.private-addresses") == .held)
        #expect(try run(accepted: false).outcome("security.private-addresses") == .held)
    }

    @Test func `are violated by a connection, even one on which nothing is sent`() throws {
        var maker = try run()
        maker.connect(at: .seconds(2))
        #expect(maker.outcome("security.private-addresses") == .violated)
        #expect(maker.outcome("delivery.arrives") == nil)
    }

    @Test func `prove nothing when the observation ended early`() throws {
        var maker = try run()
        maker.finish(at: .seconds(3600), complete: false)
        #expect(maker.outcome("security.private-addresses") == .inconclusive)
    }

    @Test func `go by the refusal or the log where nobody can listen`() throws {
        let far = "https://10.0.0.1/hooks"
        #expect(try run(far, accepted: false).outcome("security.private-addresses") == .held)
        var maker = try run(far)
        #expect(maker.outcome("security.private-addresses") == .inconclusive)
        let row = LoggedDelivery(
            eventID: "id-of-e1",
            url: far,
            state: "failed",
            isGivenUp: true,
            attempts: [LoggedAttempt(number: 1, outcome: "address refused", error: "not permitted")]
        )
        maker.history.deliveryLog = DeliveryLogRead(available: true, deliveries: [row], detail: "")
        #expect(maker.outcome("security.private-addresses") == .held)
    }

    @Test func `report what was seen where nothing is stated, and are silent where it is allowed`() throws {
        #expect(
            try run { $0.transport.privateAddresses = .unstated }.outcome("security.private-addresses") == .unstated
        )
        let maker = try run { $0.transport.privateAddresses = SampleContract.stated(.allowed) }
        #expect(maker.outcome("security.private-addresses") == nil)
    }

    @Test func `have no occasion where everything is permitted`() throws {
        #expect(try HistoryMaker.delivered().outcome("security.private-addresses") == nil)
    }
}

@Suite struct `Checks of rebinding` {
    private func run(_ change: (inout Contract) -> Void = { _ in }) throws -> HistoryMaker {
        let network = HistoryMaker.names("re.example.test", ["127.0.0.2", "127.0.0.1"], allowed: ["127.0.0.2/32"])
        var maker = try HistoryMaker.networked(network, host: "re.example.test", change)
        maker.emit()
        maker.ask("re.example.test", at: .seconds(1), answer: "127.0.0.2", turn: 1)
        return maker
    }

    @Test func `hold when the name has moved and nothing connects`() throws {
        var maker = try run()
        maker.ask("re.example.test", at: .seconds(300), answer: "127.0.0.1", turn: 2)
        #expect(maker.outcome("security.rebinding") == .held)
        #expect(maker.outcome("security.private-addresses") == nil)
    }

    @Test func `are violated by a connection to where it moved`() throws {
        var maker = try run()
        maker.ask("re.example.test", at: .seconds(300), answer: "127.0.0.1", turn: 2)
        maker.connect(at: .seconds(300))
        #expect(maker.outcome("security.rebinding") == .violated)
    }

    @Test func `prove nothing before the name has moved`() throws {
        #expect(try run().outcome("security.rebinding") == .inconclusive)
    }

    @Test func `report what was seen where nothing is stated`() throws {
        #expect(try run { $0.transport.privateAddresses = .unstated }.outcome("security.rebinding") == .unstated)
    }

    @Test func `have no occasion at a name that stays`() throws {
        let network = HistoryMaker.names("in.example.test", ["127.0.0.1"], allowed: [])
        var maker = try HistoryMaker.networked(network, host: "in.example.test")
        maker.emit()
        #expect(maker.outcome("security.rebinding") == nil)
        #expect(maker.outcome("security.private-addresses") == .held)
    }
}

@Suite struct `Checks of proxies` {
    @Test func `hold when every connection came through the proxy`() throws {
        var maker = try HistoryMaker.networked(ScenarioNetwork(hasProxy: true))
        maker.emit()
        maker.attempt("e1", at: .seconds(2))
        #expect(maker.outcome("security.proxy") == .violated)
        maker.tunnel(at: .seconds(2), to: "127.0.0.1:40001", from: 50000)
        #expect(maker.outcome("security.proxy") == .held)
        maker.history.proxied[0].value.localPort = 50001
        #expect(maker.outcome("security.proxy") == .violated)
    }

    @Test func `are violated when the proxy is asked for an address that is not permitted`() throws {
        let network = ScenarioNetwork(hasProxy: true, allowed: [])
        var maker = try HistoryMaker.networked(network, url: "https://127.0.0.1:{port}/hooks")
        maker.emit()
        #expect(maker.outcome("security.proxy") == .held)
        maker.tunnel(at: .seconds(2), to: "127.0.0.1:40001", from: nil, status: 403)
        #expect(maker.outcome("security.proxy") == .violated)
    }

    @Test func `have no occasion without a proxy, or without a connection`() throws {
        #expect(try HistoryMaker.delivered().outcome("security.proxy") == nil)
        #expect(try HistoryMaker.networked(ScenarioNetwork(hasProxy: true)).outcome("security.proxy") == nil)
    }
}

@Suite struct `Checks of test deliveries` {
    private let body = "the inventory of the receiver"

    private func run(
        guarded: Bool,
        _ change: (inout Contract) -> Void = { $0.endpoint.testDelivery = SampleContract.stated(.outcome) }
    ) throws -> HistoryMaker {
        try HistoryMaker.networked(
            guarded ? ScenarioNetwork(allowed: []) : ScenarioNetwork(),
            replies: [.respond(Response(status: 200, body: body))],
            change
        )
    }

    @Test func `hold when a private address is not connected to`() throws {
        var maker = try run(guarded: true)
        maker.test(at: .seconds(2))
        #expect(maker.outcome("security.test-delivery") == .held)
        maker.connect(at: .seconds(2))
        #expect(maker.outcome("security.test-delivery") == .violated)
        #expect(maker.outcome("security.private-addresses") == nil)
    }

    @Test func `hold when the endpoint was refused, so that nothing could be tested`() throws {
        var maker = try run(guarded: true)
        maker.test(at: .seconds(2), status: nil)
        #expect(maker.outcome("security.test-delivery") == .held)
    }

    @Test func `are violated when the answer shows what the receiver wrote`() throws {
        var maker = try run(guarded: false)
        maker.emit()
        maker.attempt("e1", at: .seconds(2))
        maker.test(at: .seconds(2), answer: "{\"outcome\":\"delivered\"}")
        #expect(maker.outcome("security.test-delivery") == .held)
        maker.history.tests[0].value.answer = "{\"body\":\"\(body)\"}"
        #expect(maker.outcome("security.test-delivery") == .violated)
    }

    @Test func `report what was shown where nothing is stated, and are silent where the answer is shown by contract`()
        throws
    {
        var maker = try run(guarded: false) { _ in }
        maker.emit()
        maker.attempt("e1", at: .seconds(2))
        maker.test(at: .seconds(2), answer: body)
        #expect(maker.outcome("security.test-delivery") == .unstated)
        maker.contract.endpoint.testDelivery = SampleContract.stated(.answer)
        #expect(maker.outcome("security.test-delivery") == nil)
    }

    @Test func `prove nothing when the observation ended early`() throws {
        var maker = try run(guarded: true)
        maker.test(at: .seconds(2))
        maker.finish(at: .seconds(3600), complete: false)
        #expect(maker.outcome("security.test-delivery") == .inconclusive)
    }

    @Test func `have no occasion without a test`() throws {
        #expect(try run(guarded: true).outcome("security.test-delivery") == nil)
    }
}
