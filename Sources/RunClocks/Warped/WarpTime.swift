import CTimeWarp

/// Reads the shared page of a session; any thread may.
///
/// The page stays mapped until the session and every clock made of it are gone.
final class WarpTime: Sendable {
    // SAFETY: the page is only read through an atomic load, and the engine that owns its memory is kept by `owner`.
    nonisolated(unsafe) private let page: OpaquePointer
    private let owner: WarpEngine
    private let origin: Int64

    init(of engine: WarpEngine) {
        owner = engine
        page = engine.page
        origin = warp_page_now(engine.page)
    }

    /// Now on the virtual clock.
    var now: RunInstant { instant(of: warp_page_now(page)) }

    /// The run's instant for a reading of virtual CLOCK_MONOTONIC.
    func instant(of reading: Int64) -> RunInstant {
        RunInstant(sinceStart: .nanoseconds(reading - origin))
    }

    /// The reading of virtual CLOCK_MONOTONIC for an instant of the run; saturates in the far future.
    func reading(of instant: RunInstant) -> Int64 {
        let (seconds, attoseconds) = instant.sinceStart.components
        let (scaled, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflows, scaled < Int64.max / 2 else { return Int64.max / 2 }
        return origin + scaled + attoseconds / 1_000_000_000
    }
}
