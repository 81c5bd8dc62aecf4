import ContractJudging
import DeliveryEvidence
import Notation
import Testing
import WebhookContracts

@Suite struct `Large events` {
    private func large(accepted: Bool = true) throws -> HistoryMaker {
        var maker = HistoryMaker(contract: try SampleContract.make())
        let text = JSONMember(name: "notes", value: .string(String(repeating: "x", count: 1 << 20)))
        maker.emit(adding: [text], accepted: accepted)
        return maker
    }

    @Test func `hold when they are delivered or refused`() throws {
        var maker = try large()
        maker.attempt("e1", at: .seconds(2))
        #expect(maker.outcome("burst.large-bodies") == .held)
        let refused = try large(accepted: false)
        #expect(refused.verdict("burst.large-bodies")?.summary.contains("refused with 422") == true)
    }

    @Test func `are violated when they are accepted and dropped, or cut`() throws {
        var maker = try large()
        #expect(maker.outcome("burst.large-bodies") == .violated)
        maker.attempt("e1", at: .seconds(2), body: Array("{}".utf8))
        #expect(maker.outcome("burst.large-bodies") == .violated)
    }

    @Test func `are open when nobody looked, or the hand-over had no answer`() throws {
        var maker = try large()
        maker.finish(at: .seconds(3))
        #expect(maker.outcome("burst.large-bodies") == .inconclusive)
        maker = try large(accepted: false)
        maker.history.emissions[0].value.status = nil
        #expect(maker.outcome("burst.large-bodies") == .inconclusive)
    }

    @Test func `are nothing to judge without any`() throws {
        #expect(try HistoryMaker.delivered().verdict("burst.large-bodies") == nil)
    }
}
