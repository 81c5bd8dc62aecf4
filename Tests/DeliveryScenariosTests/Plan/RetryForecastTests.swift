import DeliveryScenarios
import Notation
import Testing
import WebhookContracts

@Suite struct `Retry forecast` {
    private func course(
        _ receiver: String,
        endpoint: String = "{}",
        _ change: (inout Contract) throws -> Void = { _ in }
    ) throws -> RetryForecast.Course? {
        let text = "scenario: Late\nreceiver: [\(receiver)]\nendpoint: \(endpoint)\nsteps: [quiet]\n"
        let contract = try TestContract.make(change)
        return RetryForecast(try TestContract.scenario(text), contract).course(at: "main")
    }

    @Test(
        arguments: [
            ("{ respond: 500, times: 2 }, { respond: 200 }", 2, 2),
            ("{ respond: 500, times: 1 }", 1, 1),
            ("{ respond: 500, times: 9 }, { respond: 200 }", 9, 2),
            ("{ respond: 500 }", nil, 2),
            ("{ respond: 200 }", 0, 0),
            ("{ fault: hang }, { respond: 200 }", 1, 1),
            ("{ fault: lost-ack }, { respond: 200 }", 1, 1),
            ("{ fault: endless }, { respond: 200 }", 1, 1),
            ("{ fault: slow-read }", 0, 0),
            ("{ fault: close at end }", 0, 0),
            ("{ fault: { kind: close, at: at end, status: 500 } }", nil, 2),
            // What happens to a connection is a failure, but no attempt that arrives.
            ("{ fault: expired }, { respond: 200 }", 0, 1),
            ("{ fault: expired, times: 2 }, { fault: close at accept }, { respond: 200 }", 0, 2),
            ("{ respond: 500 }, { fault: handshake-abort }, { respond: 200 }", 1, 2),
            // Nobody knows what a dispatcher makes of these.
            ("{ fault: wrong-length }, { respond: 200 }", nil, 1),
            ("{ fault: reset at end }", nil, 2),
            ("{ respond: { status: 200, after: 500ms..2s } }", nil, 2),
            ("{ respond: { status: 200, after: 2s..3s } }, { respond: 200 }", 1, 1),
            ("{ respond: { status: 200, after: 1ms..2ms } }", 0, 0),
            // Nor when these come.
            ("{ respond: 503, for: 10m }, { respond: 200 }", nil, 2),
            ("{ fault: refuse for 5s }", nil, 2),
            ("{ respond: 503, every: 2nd }", nil, 2),
            ("{ respond: 503, with: 1 % }", nil, 2),
            ("{ respond: 503, from: 1s, for: 1s }", nil, 2),
        ] as [(String, Int?, Int)]
    )
    func `knows how often a delivery fails, or that nobody can`(
        _ receiver: String,
        _ failures: Int?,
        _ waits: Int
    ) throws {
        let course = try #require(try course(receiver))
        #expect(course.failures == failures)
        #expect(course.delays == Array([Duration.seconds(300), .seconds(600)].prefix(waits)))
    }

    @Test func `knows nothing where rules choose`() throws {
        let match = "{ match: [{ when: { path: /a }, receiver: [{ respond: 200 }] }] }"
        let course = try #require(try course("{ respond: 200 }", endpoint: match))
        #expect(course.failures == nil && course.unreached == nil && course.delays.count == 2)
    }

    @Test func `ends where a failure of a connection is not retried`() throws {
        let course = try #require(
            try course("{ fault: expired }, { respond: 200 }") { $0.retry.failures = .says([.network, .serverError]) }
        )
        #expect(course.delays.isEmpty)
    }

    @Test func `leaves certificates open that the contract does not verify`() throws {
        let course = try #require(
            try course("{ fault: expired }, { respond: 200 }") { $0.transport.certificates = .says(.unverified) }
        )
        #expect(course.failures == nil)
    }

    @Test func `adds up the answers, each cut off at the limit`() throws {
        func answering(_ receiver: String) throws -> Duration? { try course(receiver)?.answering }
        #expect(try answering("{ respond: { status: 500, after: 200ms } }") == .milliseconds(600))
        #expect(
            try answering("{ respond: { status: 500, after: 200ms..300ms, hold_headers: 100ms } }")
                == .milliseconds(1200)
        )
        #expect(try answering("{ fault: hang }, { respond: 200 }") == .seconds(1))
        #expect(try answering("{ fault: handshake-stall }, { respond: 200 }") == .seconds(1))
        #expect(try answering("{ respond: 200 }, { fault: hang, with: 1 % }") == .seconds(3))
    }

    @Test(
        arguments: [
            ("{ respond: 200 }, { respond: 500 }", 2),
            ("{ respond: 500, times: 3 }, { respond: 200 }, { fault: hang }", 3),
            ("{ respond: 500 }, { respond: 200 }", nil),
            ("{ fault: wrong-length }, { respond: 200 }, { respond: 500 }", nil),
        ] as [(String, Int?)]
    )
    func `knows which turns nobody comes to`(_ receiver: String, _ turn: Int?) throws {
        #expect(try course(receiver)?.unreached == turn)
    }
}
