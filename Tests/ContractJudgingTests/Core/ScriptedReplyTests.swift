import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Testing
import WebhookContracts

/// What a receiver answered is looked up where the evidence says it was taken from.
@Suite struct `Scripted replies` {
    private static func putOff(by seconds: String) -> Reply {
        .respond(Response(status: 503, headers: [ReplyHeader(name: "Retry-After", value: seconds)]))
    }

    /// A delivery whose first attempt failed and whose second came after 302 s, by a script whose turns ask for no wait.
    private func verdict(place: String?) throws -> Outcome? {
        var endpoint = HistoryMaker.endpoint("main", replies: [.respond(Response(status: 503))])
        endpoint.script.interruptions = [Interruption(reply: Self.putOff(by: "400"), moment: .every(2))]
        endpoint.script.rules = [
            ReplyRule(
                name: "orders",
                pattern: RequestPattern(methods: ["POST"]),
                turns: [ScriptTurn(reply: Self.putOff(by: "200")), ScriptTurn(reply: Self.putOff(by: "400"))]
            )
        ]
        var maker = try HistoryMaker.failing([.status(503)], endpoints: [endpoint]) {
            $0.retry.retryAfter = SampleContract.stated(RetryAfterRule.honoured)
        }
        maker.attempt("e1", at: .seconds(302), number: 2)
        maker.history.attempts[0].arrived.place = place
        return maker.outcome("retry.after")
    }

    @Test(
        arguments: [
            (nil, nil), ("1", nil), ("interruption 1", .violated), ("orders/1", .held), ("orders/2", .violated),
            ("unmatched", nil), ("handshake slack", nil), ("orders/9", nil),
        ] as [(String?, Outcome?)]
    )
    func `are found at their place, and by the attempt where there is none`(place: String?, outcome: Outcome?) throws {
        #expect(try verdict(place: place) == outcome)
    }
}
