import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Scenario plan` {
    private func plan(
        _ receiver: String,
        steps: String = "[{ emit: job.created }, quiet]",
        more: String = "clock: real",
        _ change: (inout Contract) throws -> Void = { _ in }
    ) throws -> ScenarioPlan {
        let text = "scenario: Late\n\(more)\nreceiver: [\(receiver)]\nsteps: \(steps)\n"
        return ScenarioPlan.make(try TestContract.scenario(text), try TestContract.make(change))
    }

    @Test(
        arguments: [
            ("{ respond: 500 }", Duration.seconds(662)),
            ("{ fault: reset }", .seconds(662)),
            ("{ respond: { status: 200, after: 2s } }", .seconds(662)),
            ("{ respond: { status: 200, body: ok, hold_body: 2s } }", .seconds(662)),
            ("{ respond: { status: 200, body: '0123456789', drip: { body: 1 byte, every: 500ms } } }", .seconds(662)),
            ("{ respond: 500 }, { respond: 200 }", .seconds(332)),
            ("{ respond: 200 }, { respond: 500 }", .seconds(3)),
            ("{ respond: { status: 200, after: 900ms } }", .seconds(3)),
        ]
    )
    func `watches a tenth and two seconds past the longest wait that falls due`(
        receiver: String,
        window: Duration
    ) throws {
        #expect(try plan(receiver).quietWindow == window)
    }

    @Test func `watches three seconds where the contract states no waits`() throws {
        #expect(try plan("{ respond: 500 }") { $0.retry.delays = .unstated }.quietWindow == .seconds(3))
        #expect(try plan("{ respond: 500 }") { $0.retry.delays = Clause(standing: .none) }.quietWindow == .seconds(3))
    }

    @Test func `expects no retry of a failure that the contract does not retry`() throws {
        let plan = try plan("{ respond: 404 }") { $0.retry.failures = .says([.serverError, .timeout]) }
        #expect(plan.quietWindow == .seconds(3))
    }

    @Test func `counts a certificate that must be refused as a failure`() throws {
        let plan = try plan("{ respond: 200 }", more: "endpoint: { tls: expired }")
        #expect(plan.quietWindow == .seconds(662))
    }

    @Test func `takes the key of a delivery from the contract, the best first`() throws {
        func keys(_ change: (inout Contract) throws -> Void) throws -> [DeliveryKeySource]? {
            try plan("{ respond: 200 }", change).scenario.endpoints.first?.script.keys
        }
        let id = try JSONPointer("/id")
        #expect(try keys { _ in } == [])
        #expect(
            try keys { contract in
                contract.dedup = .says(DedupKey(header: "X-Id", fields: [id]))
                contract.headers = [
                    HeaderTerms(name: "X-Id", value: .says(.eventID))
                ]
            } == [.header("X-Id"), .fields([id])]
        )
        #expect(
            try keys { contract in
                contract.headers = [HeaderTerms(name: "X-Event", value: .says(.eventID))]
                contract.body.fields = [
                    FieldTerms(role: .eventID, pointer: id, timeForm: nil, clause: .says(id))
                ]
            } == [.header("X-Event"), .fields([id])]
        )
    }

    @Test func `makes nobody wait for what a virtual clock jumps over`() throws {
        let warped = try plan("{ respond: 200 }", more: "clock: warped")
        let real = try plan("{ respond: 200 }")
        #expect(warped.expectedTime == real.expectedTime)
        #expect(warped.waitingTime == .zero && real.waitingTime == real.expectedTime)
    }

    @Test func `adds up how long the steps take`() throws {
        let short = try plan("{ respond: 200 }", steps: "[{ emit: job.created }, { wait: 7s }, { quiet: 4s }]")
        #expect((.seconds(12)...(.seconds(13))).contains(short.expectedTime))
        // Both waits, then the window: 300 + 600 + 662.
        let long = try plan("{ respond: 500 }")
        #expect((.seconds(1562)...(.seconds(1565))).contains(long.expectedTime))
        // The second attempt is due after 300 s, and is awaited for no longer than said.
        let steps = "[{ emit: job.created }, { await: { attempts: 2, within: 20s } }]"
        let awaited = try plan("{ respond: 500 }", steps: steps)
        #expect((.seconds(21)...(.seconds(22))).contains(awaited.expectedTime))
    }
}
