import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import Testing

/// Messages about promises other than waits and signatures.
@Suite struct `Messages about other promises` {
    @Test func `tell one attempt too many`() throws {
        let maker = try ParcelContract.retries(
            after: [.seconds(300), .seconds(600), .seconds(90), .seconds(90)],
            last: .status(503)
        )
        try GoldenMessage.expect("attempts-too-many", "retry.attempts", in: maker)
    }

    @Test func `tell attempts that never came`() throws {
        let maker = try ParcelContract.retries(after: [.seconds(300)], last: .reset)
        try GoldenMessage.expect("attempts-too-few", "retry.attempts", in: maker)
    }

    @Test func `tell a request after the success`() throws {
        var maker = try ParcelContract.retries(after: [.seconds(300)])
        maker.attempt("e1", at: .seconds(902), number: 3)
        try GoldenMessage.expect("after-success", "retry.stops-on-success", in: maker)
    }

    @Test func `tell a Retry-After that was not honoured`() throws {
        let headers = [ReplyHeader(name: "Retry-After", value: "1200")]
        let replies: [Reply] = [.respond(Response(status: 429, headers: headers)), .respond(Response(status: 200))]
        var maker = try ParcelContract.run(endpoints: [HistoryMaker.endpoint("main", replies: replies)])
        maker.attempt("e1", at: .seconds(2), answer: .status(429))
        maker.attempt("e1", at: .seconds(302), number: 2)
        try GoldenMessage.expect("retry-after", "retry.after", in: maker)
    }

    @Test func `tell a limit that is too short, and why it may be`() throws {
        var maker = try ParcelContract.run(variants: ["patient"])
        maker.attempt("e1", at: .seconds(2), answer: .hang(until: .milliseconds(30)))
        try GoldenMessage.expect("limit-milliseconds", "limit.kept", in: maker)
    }

    @Test func `tell an attempt that was open for too long`() throws {
        var maker = try ParcelContract.run()
        maker.attempt("e1", at: .seconds(2), answer: .hang(until: .seconds(30)))
        try GoldenMessage.expect("limit-too-long", "limit.kept", in: maker)
    }

    @Test func `tell a first attempt that came late`() throws {
        var maker = try ParcelContract.run()
        maker.attempt("e1", at: .milliseconds(95_200))
        try GoldenMessage.expect("latency", "latency.first-attempt", in: maker)
    }

    @Test func `tell an event that never came`() throws {
        try GoldenMessage.expect("never-came", "delivery.arrives", in: try ParcelContract.run())
    }

    @Test func `tell an observation that ended early`() throws {
        var maker = try ParcelContract.run()
        maker.finish(at: .seconds(20), complete: false)
        try GoldenMessage.expect("observation-cut", "delivery.arrives", in: maker)
    }

    @Test func `tell a key that changes with every attempt`() throws {
        var maker = try ParcelContract.retries(after: [.seconds(300), .seconds(600)])
        for index in 0..<3 { maker.setHeader(index, "Parcel-Id", "7c9e-\(index)\u{1B}[31m") }
        try GoldenMessage.expect("dedup-key-changes", "dedup.key-stable", in: maker)
    }

    @Test func `tell two events with one key`() throws {
        var maker = try ParcelContract.run()
        maker.emit("parcel.sent", at: .seconds(3))
        maker.attempt("e1", at: .seconds(2))
        maker.attempt("e2", at: .seconds(4))
        maker.setHeader(0, "Parcel-Id", "7c9e")
        maker.setHeader(1, "Parcel-Id", "7c9e")
        try GoldenMessage.expect("dedup-key-shared", "dedup.keys-differ", in: maker)
    }

    @Test func `tell a body that changed`() throws {
        var maker = try ParcelContract.retries(after: [.seconds(300)])
        let body = maker.history.attempts[1].arrived.body.bytes
        maker.setBody(1, Array(String(decoding: body, as: UTF8.self).replacing("PX-1", with: "PX-2b").utf8))
        try GoldenMessage.expect("body-changed", "retry.same-payload", in: maker)
    }

    @Test func `tell an event that overtook another`() throws {
        var maker = try ParcelContract.run()
        maker.emit("parcel.sent", at: .seconds(10))
        maker.attempt("e1", at: .seconds(2), answer: .status(500))
        maker.attempt("e2", at: .seconds(11))
        maker.attempt("e1", at: .seconds(302) + .milliseconds(10), number: 2)
        try GoldenMessage.expect("ordering", "ordering.per-endpoint", in: maker)
    }

    @Test func `tell an event that a crash lost`() throws {
        var maker = try ParcelContract.run()
        maker.attempt("e1", at: .seconds(2), answer: .status(500))
        maker.kill(at: .seconds(60), restart: .seconds(62))
        try GoldenMessage.expect("crash-lost", "crash.accepted-is-delivered", in: maker)
    }

    @Test func `tell a wait that a crash began anew`() throws {
        var maker = try ParcelContract.run()
        maker.attempt("e1", at: .seconds(2), answer: .status(500))
        maker.kill(at: .seconds(200), restart: .seconds(202))
        maker.attempt("e1", at: .seconds(502) + .milliseconds(60), number: 2)
        try GoldenMessage.expect("crash-wait-began-anew", "crash.retry-when-due", in: maker)
    }

    @Test func `tell a header that is wrong, on how many requests`() throws {
        var maker = try ParcelContract.retries(after: [.seconds(300), .seconds(600)])
        maker.setHeader(0, "User-Agent", "curl/8.0")
        maker.setHeader(2, "User-Agent", "curl/8.0")
        try GoldenMessage.expect("header-wrong", "headers.user-agent", in: maker)
    }

    @Test func `tell what the scenario itself expects`() throws {
        let text = """
            scenario: Two failures, then a success
            why: The receiver of the warehouse restarts every night.
            clock: warped
            receiver:
              - respond: 500
              - respond: 500
              - respond: 200
            steps:
              - emit: parcel.sent
              - quiet
            expect:
              attempts: exactly 3
              gaps: [5m ± 2%, 10m ± 2%]
            """
        var maker = try ParcelContract.run(scenario: text)
        maker.attempt("e1", at: .seconds(2), answer: .status(500))
        maker.attempt("e1", at: .seconds(302), number: 2, answer: .status(500))
        try GoldenMessage.expect("scenario-attempts", "scenario.attempts", in: maker)
        maker.attempt("e1", at: .seconds(917), number: 3)
        try GoldenMessage.expect("scenario-gaps", "scenario.gaps", in: maker)
    }

    @Test func `tell a ladder of many attempts on several lines`() throws {
        var maker = try ParcelContract.run([
            ("exactly 4", "exactly 9"),
            ("[5m, 10m, 90s]", "[5s, 30s, 2m, 10m, 1h, 3h, 6h, 12h]"),
        ])
        var moment = Duration.seconds(2)
        for (index, wait) in [5, 30, 120, 600, 3600, 10_800, 21_600, 86_400].enumerated() {
            maker.attempt("e1", at: moment, number: index + 1, answer: .status(500))
            moment += .milliseconds(10) + .seconds(wait)
        }
        maker.attempt("e1", at: moment, number: 9)
        maker.finish(at: .seconds(200_000))
        try GoldenMessage.expect("long-ladder", "retry.gaps", in: maker)
    }
}
