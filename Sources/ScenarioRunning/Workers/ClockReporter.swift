import DeliveryEvidence
import MockReceivers
import RunClocks
import Synchronization

/// Puts what the warped clock does into the evidence, and tells the clock whether the receivers owe an answer.
final class ClockReporter: Sendable {
    private let sink: any EvidenceSink
    private let real: @Sendable () -> Stamp
    private let activity = Mutex<ReceiverActivity?>(nil)

    init(sink: any EvidenceSink, real: @escaping @Sendable () -> Stamp) {
        self.sink = sink
        self.real = real
    }

    /// From now on, looks at these receivers.
    func watch(_ activity: ReceiverActivity) { self.activity.withLock { $0 = activity } }

    /// What goes on at the receivers.
    var traffic: WarpTraffic {
        let reading = activity.withLock { $0 }?.reading
        return WarpTraffic(awaited: reading?.inFlight ?? 0, happenings: reading?.happenings ?? 0)
    }

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
