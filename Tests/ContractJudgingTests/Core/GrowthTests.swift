import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Glibc
import Testing
import WebhookContracts

/// Ten times the attempts may cost ten times the work and a little more: no absolute time is asked for.
///
/// What is measured is the processor time of this thread, so that a busy host makes no difference.
@Suite struct `Growing histories` {
    /// Ten times as much may take this many times as long: sorting and cold memory take their part, squares take a hundred.
    private static let mostGrowth = 25.0
    /// What takes less than this has no growth that could be told from chance.
    private static let worthAWord = Duration.milliseconds(100)

    /// Several endpoints, each of which fails some events and takes them on the second or third attempt.
    private static func made(events: Int) throws -> JudgingContext {
        let names = ["a", "b", "c", "d"]
        let contract = try SampleContract.make()
        var maker = HistoryMaker(contract: contract, endpoints: names.map { HistoryMaker.endpoint($0) })
        var time = Duration.seconds(1)
        for number in 0..<events {
            let event = maker.emit(at: time)
            for (place, name) in names.enumerated() {
                var began = time + .milliseconds(20 + place)
                for ordinal in 1...(1 + (number + place) % 3) {
                    let isLast = ordinal == 1 + (number + place) % 3
                    maker.attempt(event, at: began, to: name, number: ordinal, answer: .status(isLast ? 200 : 503))
                    began += .seconds(60) * ordinal
                }
            }
            time += .milliseconds(250)
        }
        maker.history.attempts.sort { $0.arrived.firstByte < $1.arrived.firstByte }
        maker.finish(at: time + .seconds(7200))
        return maker.context
    }

    private static func processorTime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    private static func measured<Result>(_ body: () throws -> Result) rethrows -> (result: Result, time: Duration) {
        let start = processorTime()
        let result = try body()
        return (result, processorTime() - start)
    }

    @Test(.timeLimit(.minutes(20)))
    func `take each check no more than in proportion`() throws {
        let small = try Self.made(events: 30)
        let large = try Self.made(events: 300)
        #expect(large.attempts.count == 10 * small.attempts.count)
        for check in CheckCatalogue.all {
            _ = check.judge(small)
            let before = Self.measured { check.judge(small) }.time
            let after = Self.measured { check.judge(large) }.time
            guard after > Self.worthAWord else { continue }
            let growth = after / max(before, .microseconds(100))
            #expect(growth < Self.mostGrowth, "\(check.description.id) took \(before) and then \(after)")
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `are put together in proportion`() throws {
        let small = try Self.made(events: 30)
        let large = try Self.made(events: 300)
        let again = { (context: JudgingContext) in
            JudgingContext(
                scenario: context.scenario,
                contract: context.contract,
                history: context.history,
                keys: context.keys,
                tolerance: context.tolerance
            )
        }
        _ = again(small)
        let before = Self.measured { again(small) }.time
        let after = Self.measured { again(large) }.time
        #expect(after / max(before, .milliseconds(1)) < Self.mostGrowth, "\(before), then \(after)")
    }
}
