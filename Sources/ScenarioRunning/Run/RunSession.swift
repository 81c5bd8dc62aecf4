package import CurlTransport
package import DeliveryEvidence
package import DispatcherControl
package import MockReceivers
package import RunClocks

/// What the scenarios of one run share.
package struct RunSession: Sendable {
    package let pace: RunPace
    package let wallClock: WallClock
    /// The host's clock when the run began, so that another process can count from the same moment.
    package let origin: Int64
    package let log: EvidenceLog
    package let authority: RunAuthority
    package let transport: CurlTransport
    package let dispatcher: DispatcherDescription
    /// The folder of the programs that came with this one.
    package let programs: String
    /// A folder of the run's own, gone when the run is over.
    package let work: String
    /// The folder for captures of the scenarios' packets; `nil` when none are asked for.
    package let captures: String?

    package init(
        pace: RunPace,
        wallClock: WallClock,
        origin: Int64,
        log: EvidenceLog,
        authority: RunAuthority,
        transport: CurlTransport,
        dispatcher: DispatcherDescription,
        programs: String,
        work: String,
        captures: String? = nil
    ) {
        self.pace = pace
        self.wallClock = wallClock
        self.origin = origin
        self.log = log
        self.authority = authority
        self.transport = transport
        self.dispatcher = dispatcher
        self.programs = programs
        self.work = work
        self.captures = captures
    }

    /// The clock that scenarios wait on and are stamped by.
    package var clock: any RunClock { pace.clock }

    /// The present moment on that clock.
    package var now: Stamp { Stamp(sinceStart: clock.now.sinceStart) }
}
