import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Testing
import WebhookContracts

@Suite struct `A log of awkward answers` {
    private static let check: CheckID = "log.awkward-answers"

    private func answered(_ response: Response, isPromised: Bool = true) throws -> HistoryMaker {
        let endpoint = HistoryMaker.endpoint("main", replies: [.respond(response), .respond(Response(status: 200))])
        var maker = try HistoryMaker.failing([.status(response.status), .status(200)], endpoints: [endpoint]) {
            guard isPromised else { return }
            $0.deliveryLog = SampleContract.stated(DeliveryLogTerms(event: [.id], attempt: [.status]))
        }
        maker.log()
        return maker
    }

    private static let packed = Response(status: 500, filler: .gzip(inflated: 4096))

    @Test(arguments: [
        packed, Response(status: 500, filler: .size(2 << 20)), Response(status: 500, body: "\u{0}\u{1}"),
    ])
    func `has every attempt`(_ response: Response) throws {
        var maker = try answered(response)
        #expect(maker.outcome(Self.check) == .held)
        maker.doctorRow { $0.attempts.removeFirst() }
        #expect(maker.outcome(Self.check) == .violated)
    }

    @Test func `has each of them as over, with its status`() throws {
        let maker = try answered(Self.packed)
        var other = maker
        other.doctorLog {
            $0.outcome = "in flight"; $0.responseCode = nil
        }
        #expect(other.outcome(Self.check) == .violated)
        other = maker
        other.doctorLog { $0.responseCode = 200 }
        #expect(other.outcome(Self.check) == .violated)
    }

    @Test func `must be given`() throws {
        var maker = try answered(Self.packed)
        maker.history.deliveryLog = DeliveryLogRead(
            available: false,
            deliveries: [],
            detail: "the delivery log is not JSON",
            isUnreadable: true
        )
        #expect(maker.outcome(Self.check) == .violated)
        maker.history.deliveryLog = DeliveryLogRead(
            available: false,
            deliveries: [],
            detail: "nothing tells where it is"
        )
        #expect(maker.outcome(Self.check) == .inconclusive)
    }

    @Test func `proves nothing against a dispatcher that was ended meanwhile`() throws {
        var maker = try answered(Self.packed)
        maker.kill(at: .seconds(100), restart: .seconds(101))
        maker.doctorRow { $0.attempts.removeFirst() }
        #expect(maker.outcome(Self.check) == .inconclusive)
    }

    @Test func `is only reported where none is promised`() throws {
        #expect(try answered(Self.packed, isPromised: false).outcome(Self.check) == .unstated)
    }

    @Test func `has no occasion with plain answers`() throws {
        #expect(try answered(Response(status: 500, body: "plain\ttext\n")).verdict(Self.check) == nil)
    }
}
