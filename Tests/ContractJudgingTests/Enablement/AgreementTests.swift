import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Testing
import WebhookContracts

@Suite struct `An endpoint that has to agree` {
    private static let check: CheckID = "endpoint.handshake"

    /// A run in which the endpoint is asked for consent, and an event comes, or does not.
    private static func run(
        asked: Bool = true,
        place: String? = "handshake cloudevents",
        delivered: Duration? = .seconds(2),
        rule: HandshakeRule? = .optionsConsent
    ) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        contract.endpoint.handshake = rule.map { SampleContract.stated($0) } ?? .unstated
        var maker = HistoryMaker(contract: contract)
        let event = maker.emit()
        if asked {
            maker.ask("OPTIONS", [HeaderLine(name: "WebHook-Request-Origin", value: "sender.example")], place: place)
        }
        if let delivered { maker.attempt(event, at: delivered) }
        return maker
    }

    @Test func `gets its deliveries once it has agreed`() throws {
        let maker = try Self.run()
        #expect(maker.outcome(Self.check) == .held)
        #expect(maker.outcome("delivery.arrives") == .held)
        #expect(maker.outcome("request.method-and-target") == .held)
    }

    @Test func `gets nothing without having agreed`() throws {
        #expect(try Self.run(place: "1", delivered: nil).outcome(Self.check) == .held)
        #expect(try Self.run(place: "1", delivered: nil).outcome("delivery.arrives") == nil)
        #expect(try Self.run(place: "1").outcome(Self.check) == .violated)
        #expect(try Self.run(asked: false).outcome(Self.check) == .violated)
        #expect(try Self.run(asked: false, delivered: nil).outcome(Self.check) == .violated)
        #expect(try Self.run(delivered: .milliseconds(10)).outcome(Self.check) == .violated)
    }

    @Test func `agrees by the origin or by all of them, and by no other`() throws {
        for (origin, outcome) in [("sender.example", Outcome.held), ("*", .held), ("other.example", .violated)] {
            var maker = try Self.run(place: "1")
            let consent = Response(status: 200, headers: [ReplyHeader(name: "WebHook-Allowed-Origin", value: origin)])
            maker.scenario.endpoints[0].script = ReplyScript(replies: [.respond(consent)])
            #expect(maker.outcome(Self.check) == outcome, "\(origin)")
        }
    }

    @Test func `proves nothing when the observation ended early`() throws {
        var maker = try Self.run(place: "1", delivered: nil)
        maker.finish(at: .seconds(60), complete: false)
        #expect(maker.outcome(Self.check) == .inconclusive)
    }

    @Test func `is only reported where nothing is stated`() throws {
        #expect(try Self.run(rule: nil).outcome(Self.check) == .unstated)
        #expect(try Self.run(asked: false, rule: nil).outcome(Self.check) == nil)
    }

    @Test func `may have to send a challenge back`() throws {
        for (place, outcome) in [("handshake slack", Outcome.held), ("1", .violated)] {
            var maker = try Self.run(asked: false, rule: .challengeEcho)
            let body = #"{"type":"url_verification","challenge":"abc"}"#
            maker.ask("POST", [], body: Array(body.utf8), place: place)
            #expect(maker.outcome(Self.check) == outcome, "\(place)")
        }
    }
}

@Suite struct `A probe with a wrong signature` {
    private static let check: CheckID = "endpoint.signature-probe"

    private static func run(
        status: Int? = 401,
        isSignedRightly: Bool = false,
        delivered: Bool = true
    ) throws
        -> HistoryMaker
    {
        var contract = try SampleContract.make()
        contract.endpoint.signatureProbe = SampleContract.stated(true)
        var maker = HistoryMaker(contract: contract)
        if let status {
            let body = Array(#"{"type":"probe"}"#.utf8)
            let signature = isSignedRightly ? maker.signature(of: body, endpoint: "main") ?? "" : "sha256=00"
            maker.ask("POST", [HeaderLine(name: "X-Signature", value: signature)], body: body, status: status)
        }
        let event = maker.emit()
        if delivered { maker.attempt(event, at: .seconds(2)) }
        return maker
    }

    @Test func `has to be refused before anything is delivered`() throws {
        let maker = try Self.run()
        #expect(maker.outcome(Self.check) == .held)
        #expect(maker.outcome("signature.bytes") == .held)
    }

    @Test func `keeps deliveries away when it is taken`() throws {
        #expect(try Self.run(status: 200, delivered: false).outcome(Self.check) == .held)
        #expect(try Self.run(status: 200).outcome(Self.check) == .violated)
    }

    @Test func `has to come, and to be wrong`() throws {
        #expect(try Self.run(status: nil).outcome(Self.check) == .violated)
        #expect(try Self.run(status: nil, delivered: false).outcome(Self.check) == .violated)
        #expect(try Self.run(isSignedRightly: true).outcome(Self.check) == .violated)
    }

    @Test func `proves nothing when the observation ended early`() throws {
        var maker = try Self.run(status: 200, delivered: false)
        maker.finish(at: .seconds(60), complete: false)
        #expect(maker.outcome(Self.check) == .inconclusive)
    }

    @Test func `has no occasion where it is not stated`() throws {
        #expect(try HistoryMaker.delivered().outcome(Self.check) == nil)
    }
}

extension HistoryMaker {
    /// Puts a request before all others by which the dispatcher gets to know an endpoint, 50 ms after the start.
    mutating func ask(
        _ method: String,
        _ headers: [HeaderLine],
        body: [UInt8] = [],
        status: Int = 200,
        place: String? = nil
    ) {
        let moment = Stamp(sinceStart: .milliseconds(50))
        let number = history.attempts.count + 1000
        let arrived = AttemptArrived(
            attempt: number,
            connection: number,
            endpoint: "main",
            deliveryKey: nil,
            ordinal: 0,
            firstByte: moment,
            headEnd: moment,
            bodyEnd: moment,
            head: Bytes([]),
            method: method,
            target: scenario.endpoint(named: "main")?.target ?? "/",
            version: "HTTP/1.1",
            headers: headers,
            body: Bytes(body),
            place: place
        )
        let ended = AttemptEnded(
            attempt: number,
            asked: "respond \(status)",
            status: status,
            answerBegan: moment,
            answerEnded: moment + .milliseconds(1),
            bytesOut: 40,
            closing: nil
        )
        history.attempts.insert(AttemptHistory(arrived: arrived, ended: ended), at: 0)
    }
}
