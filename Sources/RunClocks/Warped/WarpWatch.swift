/// Keeps real time for a session's controller: what has gone on for how long.
struct WarpWatch {
    /// The clock is not held for longer than this; a server outside that has not answered by then will not.
    static let longestHold = Duration.seconds(60)
    /// Programs may work for so long without ever waiting.
    static let longestWork = Duration.seconds(120)
    /// A program that uses the CPU for so long, in nanoseconds, while its request awaits an answer and nothing comes of
    /// it, is taken to spin.
    ///
    /// Counted in its own CPU time, for a host that does not let it run is no spinning; and long enough for a burst of TLS
    /// handshakes in a debug build, which make happenings of their own.
    static let spunCPU: Int64 = 500_000_000
    /// Between two forced steps, in nanoseconds of CPU time.
    static let forcedCPU: Int64 = 20_000_000

    private let clock = SuspendingClock()
    private var lastMove: SuspendingClock.Instant
    private var lastAttempt: SuspendingClock.Instant
    private var traffic = WarpTraffic(awaited: 0, happenings: 0)
    private var deadlines = 0
    /// The CPU time used by the programs when something last came of it; `nil` until that has been measured.
    private var cpu: Int64?
    private var wasForced = false
    private var hold: (since: SuspendingClock.Instant, why: String)?
    private var nothingSince: SuspendingClock.Instant?

    init() {
        let now = SuspendingClock().now
        lastMove = now
        lastAttempt = now
    }

    /// Says that it is time to look whether everything waits, whatever else happens.
    var isAttemptDue: Bool { lastAttempt.duration(to: clock.now) > .milliseconds(1) }

    mutating func attempted() { lastAttempt = clock.now }

    /// How long the clock has not moved.
    var sinceMove: Duration { lastMove.duration(to: clock.now) }

    /// How long to rest while something runs, in nanoseconds: little at first, more when it takes long.
    var backoff: Int { sinceMove > .milliseconds(50) ? 500_000 : 50_000 }

    /// Notes that something began anew from outside.
    mutating func moved() {
        lastMove = clock.now
        stirred()
    }

    /// Notes what goes on between programs and harness, and how many deadlines the harness has set so far.
    mutating func note(_ traffic: WarpTraffic, deadlines: Int) {
        guard traffic != self.traffic || deadlines != self.deadlines else { return }
        self.traffic = traffic
        self.deadlines = deadlines
        stirred()
    }

    mutating func jumped(forced: Bool, cpu: Int64) {
        lastMove = clock.now
        stirred()
        self.cpu = cpu
        wasForced = forced
    }

    /// Says that a step may be forced, given the CPU time that the programs have used so far.
    mutating func mayForce(cpu: Int64) -> Bool {
        guard let began = self.cpu else {
            self.cpu = cpu
            return false
        }
        return traffic.awaited > 0 && cpu - began >= (wasForced ? Self.forcedCPU : Self.spunCPU)
    }

    private mutating func stirred() {
        nothingSince = nil
        cpu = nil
        wasForced = false
    }

    /// Notes that the clock is held; gives for how long by now.
    mutating func holds(_ why: String) -> Duration {
        let since = hold?.since ?? clock.now
        hold = (since, why)
        return since.duration(to: clock.now)
    }

    /// The hold that is over now, if it was long enough to be worth a word.
    mutating func endHold() -> (time: Duration, why: String)? {
        defer { hold = nil }
        guard let hold else { return nil }
        let time = hold.since.duration(to: clock.now)
        return time >= .milliseconds(20) ? (time, hold.why) : nil
    }

    /// Notes that nobody waits for a time; true when that has been so for long enough to be believed.
    mutating func waitsForNothing() -> Bool {
        let since = nothingSince ?? clock.now
        nothingSince = since
        return since.duration(to: clock.now) >= .milliseconds(100)
    }
}
