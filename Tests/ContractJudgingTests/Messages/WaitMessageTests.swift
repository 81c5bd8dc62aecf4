import ContractJudging
import DeliveryEvidence
import DeliveryReports
import DeliveryScenarios
import Notation
import Testing

/// Messages about waits between attempts, one for each thing that is likely to have gone wrong.
@Suite struct `Messages about waits` {
    @Test func `tell a wait that counts from the start of an attempt`() throws {
        var maker = try ParcelContract.retries(
            after: [.milliseconds(287_003), .milliseconds(587_007)],
            held: .seconds(13),
            [("10s from receipt", "30s from receipt")]
        )
        maker.scenario.why = "A slow receiver must not shorten the wait."
        try GoldenMessage.expect("gap-from-start", "retry.gaps", in: maker)
        try GoldenMessage.expect("gap-from-start-ascii", "retry.gaps", in: maker, symbols: .ascii)
    }

    @Test func `tell a wait that counts from the first attempt`() throws {
        let maker = try ParcelContract.retries(
            after: [.seconds(300), .milliseconds(299_980)],
            [("delays: { says: [5m, 10m, 90s]", "delays: { says: [5m, 10m, 20m]")]
        )
        try GoldenMessage.expect("gap-from-first-attempt", "retry.gaps", in: maker)
    }

    @Test func `tell milliseconds for seconds`() throws {
        try GoldenMessage.expect(
            "gap-milliseconds",
            "retry.gaps",
            in: try ParcelContract.retries(after: [.milliseconds(300), .milliseconds(600)])
        )
    }

    @Test func `tell minutes for seconds`() throws {
        try GoldenMessage.expect(
            "gap-minutes-for-seconds",
            "retry.gaps",
            in: try ParcelContract.retries(after: [.seconds(5)])
        )
    }

    @Test func `tell a ladder that is off by one`() throws {
        try GoldenMessage.expect(
            "gap-ladder-off-by-one",
            "retry.gaps",
            in: try ParcelContract.retries(after: [.seconds(600), .seconds(90), .seconds(90)])
        )
    }

    @Test func `tell jitter that nobody promised`() throws {
        try GoldenMessage.expect(
            "gap-jitter",
            "retry.gaps",
            in: try ParcelContract.retries(after: [.milliseconds(271_320), .milliseconds(655_870)])
        )
    }

    @Test func `tell a wait that was rounded to minutes`() throws {
        try GoldenMessage.expect(
            "gap-rounded",
            "retry.gaps",
            in: try ParcelContract.retries(after: [.seconds(300), .seconds(600), .seconds(120)])
        )
    }

    @Test func `tell a job that looks once a minute`() throws {
        // The run began on a whole minute; the attempt comes on another.
        let maker = try ParcelContract.retries(after: [.milliseconds(357_990)])
        try GoldenMessage.expect("gap-polled", "retry.gaps", in: maker)
    }

    @Test func `say when nothing explains a wait`() throws {
        try GoldenMessage.expect(
            "gap-unexplained",
            "retry.gaps",
            in: try ParcelContract.retries(after: [.seconds(1234)])
        )
    }

    @Test func `say why a stalled host proves nothing`() throws {
        var maker = try ParcelContract.retries(after: [.milliseconds(317_500)])
        maker.history.clock.chosen = ClockChosen(clock: "real")
        maker.stall(from: .seconds(100), to: .seconds(104))
        try GoldenMessage.expect("gap-stalled-host", "retry.gaps", in: maker)
    }

    @Test func `say why a forced clock proves nothing`() throws {
        var maker = try ParcelContract.retries(after: [.seconds(330)])
        maker.force(from: .seconds(200), to: .seconds(260))
        try GoldenMessage.expect("gap-forced-clock", "retry.gaps", in: maker)
    }

    @Test func `agree over several deliveries`() throws {
        var maker = try ParcelContract.run([("10s from receipt", "30s from receipt")])
        maker.emit("parcel.sent", at: .seconds(5))
        maker.emit("parcel.sent", at: .seconds(8))
        for (index, event) in ["e1", "e2", "e3"].enumerated() {
            let start = Duration.seconds(10 + index)
            maker.attempt(event, at: start, answer: .status(503, after: .seconds(20)))
            maker.attempt(event, at: start + .seconds(300), number: 2)
        }
        try GoldenMessage.expect("gap-several-deliveries", "retry.gaps", in: maker)
    }

    @Test func `tell everything that was observed where nothing is promised`() throws {
        var maker = try ParcelContract.retries(
            after: [.seconds(5), .milliseconds(25_100), .milliseconds(125_300)],
            [("delays: { says: [5m, 10m, 90s], source: guide § Retries }", "delays: unstated")]
        )
        maker.emit("parcel.sent", at: .seconds(20))
        maker.attempt("e2", at: .seconds(30), answer: .status(500))
        maker.attempt("e2", at: .seconds(35) + .milliseconds(10), number: 2)
        try GoldenMessage.expect("gap-unstated", "retry.gaps", in: maker)
    }
}
