import CTimeWarp
import Glibc

/// The controller of a session: waits until everything waits, then moves the clock to the earliest deadline.
struct WarpController {
    let engine: WarpEngine
    let time: WarpTime
    let deadlines: WarpDeadlines
    let inbox: WarpInbox
    let options: WarpOptions
    private var programs: [Int32: HostedProgram] = [:]
    private var proof: IdleProof
    private var watch = WarpWatch()
    private var isOver = false
    private var doubted: Set<String> = []
    private var saidIdle = false

    init(
        engine: WarpEngine,
        time: WarpTime,
        deadlines: WarpDeadlines,
        inbox: WarpInbox,
        options: WarpOptions
    ) {
        self.engine = engine
        self.time = time
        self.deadlines = deadlines
        self.inbox = inbox
        self.options = options
        proof = IdleProof(engine: engine)
    }

    /// Runs until the session is closed or cannot go on, and ends every program.
    mutating func run() {
        while carryOutOrders() {
            let stirred = attend()
            if isOver { break }
            // A program that makes stops without end must not keep the clock from being looked after.
            if stirred, !watch.isAttemptDue { continue }
            watch.attempted()
            step()
            if isOver { break }
        }
        end()
        // Whoever still asks for a program must be told that there is none.
        while isOver, carryOutOrders() { _ = rest(100_000_000) }
    }

    /// - Returns: false once the session is to be closed.
    private mutating func carryOutOrders() -> Bool {
        inbox.wake.hush()
        for order in inbox.takeAll() {
            switch order {
            case .launch(let program):
                watch.moved()
                if isOver {
                    program.onEnd(.notStarted(ESRCH))
                } else if let (hosted, processID) = HostedProgram.start(program, under: engine) {
                    programs[processID] = hosted
                }
            case .signal(let root, let signal):
                watch.moved()
                if !isOver { engine.signal(root, signal) }
            case .close: return false
            }
        }
        return true
    }

    /// Handles stops, ends and output.
    ///
    /// - Returns: whether there were any.
    private mutating func attend() -> Bool {
        let (anything, ends) = engine.pump()
        var stirred = anything
        for hosted in programs.values {
            hosted.feed()
            if hosted.drain() { stirred = true }
        }
        for end in ends where end.pid == end.root {
            programs.removeValue(forKey: end.pid)?.end(end.status)
            watch.moved()
        }
        if let refusal = engine.refusal() { finish(.refused(refusal)) }
        return stirred
    }

    private mutating func step() {
        let count = deadlines.count
        watch.note(options.traffic(), deadlines: count)
        let resting = self
        switch proof.attempt(rest: resting.rest) {
        case .idle where deadlines.count == count:
            jump(isExact: true)
        case .idle, .stirring: break
        case .held(let why):
            if watch.holds(why) > WarpWatch.longestHold { finish(.stuck(stuck("the clock was held because \(why)"))) }
            _ = rest(200_000)
        case .running(let process, let name):
            stepOver(process, name)
        }
    }

    /// What becomes of a time in which something runs: patience, a forced step, or the end.
    private mutating func stepOver(_ process: Int32, _ name: String) {
        if process != getpid(), watch.mayForce(cpu: engine.cpuTime), hasDeadline {
            jump(isExact: false)
        } else if watch.sinceMove > WarpWatch.longestWork {
            finish(.stuck(stuck("'\(name)' (process \(process)) has been running without end")))
        } else {
            _ = rest(watch.backoff)
        }
    }

    private var hasDeadline: Bool { deadlines.earliest != nil || engine.next() != nil }

    private mutating func jump(isExact: Bool) {
        let own = deadlines.earliest
        let other = engine.next()
        let theirs = other.map { time.instant(of: $0.wait.deadline) }
        if isExact { sayIdle(unless: theirs != nil) }
        guard let target = [own, theirs].compactMap({ $0 }).min() else {
            // Seen once it may be that an order is on its way to the inbox; seen for longer it is for ever.
            if watch.waitsForNothing() { finish(.stuck(stuck("nothing will ever happen"))) }
            _ = rest(2_000_000)
            return
        }
        if let horizon = options.horizon, target > horizon { return finish(.reachedHorizon) }
        let from = time.now
        if let held = watch.endHold() { options.report(.held(held.time, why: held.why), from) }
        doubtOutsidePeers()
        engine.advance(to: time.reading(of: max(target, from)))
        let isOwn = own.map { $0 <= target } ?? false
        let jump = WarpJump(
            from: from,
            to: max(target, from),
            isExact: isExact,
            due: isOwn ? "the harness" : other.map { describe($0.wait) } ?? "",
            skippedTicks: other?.skipped ?? 0
        )
        if target > from { options.report(.jumped(jump), jump.to) }
        // At equal instants the harness comes first: its answer is sent before the program's limit is let run out.
        if isOwn {
            _ = deadlines.release(at: jump.to)
        } else {
            engine.fire()
        }
        watch.jumped(forced: !isExact, cpu: engine.cpuTime)
        proof.begin()
    }

    private mutating func sayIdle(unless waits: Bool) {
        if waits { saidIdle = false }
        guard !waits, !saidIdle, !programs.isEmpty else { return }
        saidIdle = true
        options.report(.idle(why: "every thread of the programs waits, and none for a time"), time.now)
    }

    private mutating func doubtOutsidePeers() {
        for peer in engine.outsidePeers() where peer.owes == 0 {
            let address = String(fixed: peer.address)
            guard address.hasPrefix("/") || address.hasPrefix("@"), doubted.insert(address).inserted else { continue }
            let server = "\(address), a server outside the session that lives by the real clock"
            options.report(.doubted("process \(peer.pid) is connected to \(server)"), time.now)
        }
    }

    /// Ends the session for the reason told.
    private mutating func finish(_ news: WarpNews) {
        guard !isOver else { return }
        isOver = true
        options.report(news, time.now)
    }

    private mutating func end() {
        engine.stop()
        for end in engine.pump().ends where end.pid == end.root {
            programs.removeValue(forKey: end.pid)?.end(end.status)
        }
        for hosted in programs.values { hosted.end(SIGKILL) }
        programs = [:]
        deadlines.close()
    }

    /// Waits for so many nanoseconds at most; true when something happened.
    private func rest(_ nanoseconds: Int) -> Bool {
        let readable = [engine.signalDescriptor, inbox.wake.descriptor] + programs.values.map(\.output)
        let writable = programs.values.map(\.input).filter { $0 >= 0 }
        return warp_rest(readable, readable.count, writable, writable.count, Int64(nanoseconds)) != 0
    }

    private func describe(_ wait: warp_wait) -> String {
        "'\(String(fixed: wait.name))' (process \(wait.pid), \(wait.kind.word))"
    }

    private func stuck(_ what: String) -> String {
        let waits = engine.waits()
        guard !waits.isEmpty else { return what }
        let threads = waits.prefix(12).map { wait in
            let deadline = time.instant(of: wait.deadline).sinceStart
            let until = wait.deadline == Int64.max ? "no deadline" : "until \(deadline)"
            let thread = "'\(String(fixed: wait.name))' (process \(wait.pid), thread \(wait.tid))"
            return "\(thread): \(engine.doing(wait)), \(until)"
        }
        let more = waits.count > 12 ? "; and \(waits.count - 12) more" : ""
        return what + "; who waits for what: " + threads.joined(separator: "; ") + more
    }
}

extension warp_wait_kind {
    /// What kind of wait it is, as a word.
    fileprivate var word: String {
        switch self {
        case WARP_WAIT_SLEEP: "sleep"
        case WARP_WAIT_POLL: "poll"
        case WARP_WAIT_FUTEX: "futex"
        case WARP_WAIT_SIGNAL: "signal wait"
        case WARP_WAIT_SOCKET: "socket limit"
        case WARP_WAIT_TIMERFD: "timerfd"
        case WARP_WAIT_TIMER: "timer"
        default: "timed wait"
        }
    }
}
