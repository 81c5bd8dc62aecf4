package import DeliveryEvidence
package import DispatcherControl
package import MockReceivers
package import RunClocks

/// How time passes in a scenario, and what follows from it.
package struct RunPace: Sendable {
    package let clock: any RunClock
    /// What is recorded of it.
    package let choice: ClockChosen
    /// Says that the clock moves by jumps, so that the host being slow makes no difference.
    package let isVirtual: Bool
    /// The host's clock, since the start of the run.
    package let real: @Sendable () -> Stamp
    /// Starts the processes of one dispatcher on this clock.
    package let hosting: @Sendable () -> any ProcessHosting
    /// Told of the scenario's receivers once they are open.
    package let opened: @Sendable (ReceiverActivity) -> Void

    /// The host's own time.
    package static func real(_ clock: RealRunClock) -> RunPace {
        RunPace(
            clock: clock,
            choice: ClockChosen(clock: "real"),
            isVirtual: false,
            real: { Stamp(sinceStart: clock.now.sinceStart) },
            hosting: { ProcessHost() },
            opened: { _ in }
        )
    }

    /// The virtual time of a warped session.
    ///
    /// - Parameters:
    ///   - session: the session whose clock it is.
    ///   - choice: what is recorded of it.
    ///   - host: the host's clock, since the start of the run.
    ///   - opened: told of the scenario's receivers once they are open.
    package static func warped(
        _ session: WarpSession,
        choice: ClockChosen,
        host: RealRunClock,
        opened: @escaping @Sendable (ReceiverActivity) -> Void
    ) -> RunPace {
        RunPace(
            clock: session.clock,
            choice: choice,
            isVirtual: true,
            real: { Stamp(sinceStart: host.now.sinceStart) },
            hosting: { WarpedProcessHost(session: session) },
            opened: opened
        )
    }
}

/// Gives every record of a scenario on a virtual clock the host's stamp beside its own.
struct PacedSink: EvidenceSink {
    let sink: any EvidenceSink
    let pace: RunPace

    func record(_ event: EvidenceEvent, at stamp: Stamp) {
        record(event, at: stamp, real: pace.isVirtual ? pace.real() : stamp)
    }

    func record(_ event: EvidenceEvent, at stamp: Stamp, real: Stamp) {
        sink.record(event, at: stamp, real: real)
    }

    var isBehind: Bool { sink.isBehind }

    func whenCaughtUp(_ action: @escaping @Sendable () -> Void) { sink.whenCaughtUp(action) }
}
