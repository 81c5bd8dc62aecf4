package import CurlTransport
package import DeliveryEvidence
package import DispatcherControl
package import MockReceivers
package import RunClocks

/// What the scenarios of one run share.
package struct RunSession: Sendable {
    package let clock: any RunClock
    package let wallClock: WallClock
    package let log: EvidenceLog
    package let authority: RunAuthority
    package let transport: CurlTransport
    package let dispatcher: DispatcherDescription
    /// The folder of the programs that came with this one.
    package let programs: String
    /// A folder of the run's own, gone when the run is over.
    package let work: String

    package init(
        clock: any RunClock,
        wallClock: WallClock,
        log: EvidenceLog,
        authority: RunAuthority,
        transport: CurlTransport,
        dispatcher: DispatcherDescription,
        programs: String,
        work: String
    ) {
        self.clock = clock
        self.wallClock = wallClock
        self.log = log
        self.authority = authority
        self.transport = transport
        self.dispatcher = dispatcher
        self.programs = programs
        self.work = work
    }

    /// The present moment.
    package var now: Stamp { Stamp(sinceStart: clock.now.sinceStart) }
}
