import DeliveryEvidence
import DeliveryScenarios
import Foundation
import MockReceivers
import RunClocks
import ScenarioRunning

/// One program under the warped clock, with a receiver if a script was given.
struct ClockRun: Sendable {
    let command: [String]
    let engine: WarpEngineKind
    let horizon: Duration
    let replies: [Reply]?
    let timeline: ClockTimeline

    /// How the session came to its end.
    private enum Ending: Sendable {
        case program(WarpProgramEnd)
        case clock(WarpNews)
    }

    /// Runs the program to its end, to the horizon, or until nothing can happen any more.
    ///
    /// - Throws: `WarpError`, or `CancellationError` after a signal.
    func run() async throws -> ClockOutcome {
        let began = SuspendingClock().now
        let attempts = AttemptBook(timeline: timeline)
        let jumps = JumpCount()
        let (endings, end) = AsyncStream.makeStream(of: Ending.self)
        let traffic = ReceiverTraffic()
        let options = WarpOptions(
            engine: engine,
            library: ClockChoice.library,
            horizon: RunInstant(sinceStart: horizon),
            traffic: { traffic.now }
        ) { news, at in
            jumps.note(news)
            timeline.tell(news, at: at)
            switch news {
            case .refused, .reachedHorizon, .stuck: end.yield(.clock(news))
            default: break
            }
        }
        let (ending, virtual) = try await withWarpSession(options) { session in
            let clock = session.clock
            let ending = try await receiving(clock, attempts, traffic) { url in
                session.launch(
                    program(url, clock) { end.yield(.program($0)) }
                )
                for await ending in endings { return ending }
                throw CancellationError()
            }
            return (ending, clock.now.sinceStart)
        }
        return ClockOutcome(
            clock: "warped:\(engine.rawValue)",
            ended: words(for: ending),
            exitCode: exitCode(of: ending),
            virtual: virtual,
            real: began.duration(to: SuspendingClock().now),
            jumps: jumps.counts,
            attempts: attempts.attempts
        )
    }

    private func receiving(
        _ clock: WarpedRunClock,
        _ attempts: AttemptBook,
        _ traffic: ReceiverTraffic,
        _ body: (String?) async throws -> Ending
    ) async throws -> Ending {
        guard let replies else { return try await body(nil) }
        let endpoint = ScenarioEndpoint(
            name: "receiver",
            identity: .plain,
            script: ReplyScript(replies: replies)
        )
        return try await withMockReceiver(
            for: endpoint,
            authority: RunAuthority(),
            clock: clock,
            sink: attempts
        ) { receiver in
            traffic.watch(receiver.activity)
            return try await body(receiver.url)
        }
    }

    private func program(
        _ url: String?,
        _ clock: WarpedRunClock,
        onEnd: @escaping @Sendable (WarpProgramEnd) -> Void
    ) -> WarpProgram {
        var environment = ProcessInfo.processInfo.environment
        if let url { environment["HOOK_URL"] = url }
        return WarpProgram(
            command: command,
            environment: environment,
            onStart: { timeline.started(command, process: $0, at: clock.now) },
            onOutput: { timeline.wrote($0, at: clock.now) },
            onEnd: onEnd
        )
    }

    private func words(for ending: Ending) -> String {
        switch ending {
        case .program(.exited(let code)): "exit \(code)"
        case .program(.signalled(let signal)): "signal \(signal)"
        case .program(.notStarted(let code)):
            "not started: '\(command.first ?? "")': \(String(cString: strerror(code)).lowercased())"
        case .clock(.reachedHorizon): "horizon"
        case .clock(.refused(let why)): "refused: \(why)"
        case .clock(.stuck(let why)): "stuck: \(why)"
        case .clock: "clock"
        }
    }

    private func exitCode(of ending: Ending) -> Int32 {
        switch ending {
        case .program(.exited(let code)): code
        case .program(.signalled(let signal)): 128 + signal
        // As shells have it.
        case .program(.notStarted(let code)): code == ENOENT ? 127 : 126
        // As `timeout` has it.
        case .clock(.reachedHorizon): 124
        case .clock: ExitStatus.failed.rawValue
        }
    }
}
