import DeliveryEvidence
import DispatcherControl
import MockReceivers
import Notation
import RunClocks

/// Watches until nothing has been in flight, and nothing has happened, for a while.
struct QuietWatch {
    /// After this long something is amiss that silence cannot be waited out for.
    static let patience = Duration.seconds(600)
    private static let look = Duration.milliseconds(25)

    let clock: any RunClock
    let dispatcher: DispatcherUnderTest
    let activity: ReceiverActivity

    /// Returns once it has been quiet for `window`.
    ///
    /// - Throws: `ScenarioRunError` when that never comes.
    func wait(for window: Duration) async throws {
        let began = clock.now
        var quietSince = began
        while true {
            let now = clock.now
            let seen = activity.reading
            let programs = await dispatcher.runningPrograms
            let latest = RunInstant(sinceStart: .nanoseconds(seen.lastActivity.nanoseconds))
            quietSince = seen.inFlight > 0 || programs > 0 ? now : max(quietSince, latest)
            let due = quietSince.advanced(by: window)
            if due <= now { return }
            guard began.duration(to: now) < window + Self.patience else {
                throw ScenarioRunError(
                    "it never became quiet for \(DurationNotation.text(window)); attempts kept coming or kept hanging"
                )
            }
            try await clock.sleep(until: min(due, now.advanced(by: Self.look)), tolerance: nil)
        }
    }
}
