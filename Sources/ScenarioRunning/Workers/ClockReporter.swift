import DeliveryEvidence
import RunClocks

/// Puts what the warped clock does into the evidence.
struct ClockReporter: Sendable {
    let sink: any EvidenceSink
    /// The host's clock, since the start of the run.
    let real: @Sendable () -> Stamp

    func report(_ news: WarpNews, at now: RunInstant) {
        sink.record(event(of: news), at: Stamp(sinceStart: now.sinceStart), real: real())
    }

    private func event(of news: WarpNews) -> EvidenceEvent {
        switch news {
        case .jumped(let jump):
            .clockJumped(
                ClockJumped(
                    from: Stamp(sinceStart: jump.from.sinceStart),
                    exact: jump.isExact,
                    due: jump.due,
                    skippedTicks: jump.skippedTicks
                )
            )
        case .held(let time, let why): .clockHeld(ClockHeld(for: Stamp(sinceStart: time), why: why))
        case .idle(let why): .clockIdle(ClockIdle(why: why))
        case .doubted(let what): .clockDoubted(ClockDoubted(what: what))
        case .refused(let what): failure("the warped clock cannot see \(what); run it with --clock real")
        case .stuck(let what): failure("the warped clock came to a standstill: \(what)")
        case .reachedHorizon: failure("the warped clock reached its horizon")
        }
    }

    private func failure(_ message: String) -> EvidenceEvent {
        .harnessFailed(HarnessFailed(component: "clock", message: message))
    }
}
