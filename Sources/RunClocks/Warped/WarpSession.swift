import Glibc
import Synchronization

/// A virtual clock and the programs that live by it.
///
/// One thread, the controller's, owns it all: it starts the programs, sees when everything waits, and moves the clock.
/// Programs live no longer than the scope of `withWarpSession`.
package final class WarpSession: Sendable {
    /// The session's clock.
    package let clock: WarpedRunClock
    private let inbox: WarpInbox

    init(time: WarpTime, deadlines: WarpDeadlines, inbox: WarpInbox) {
        self.inbox = inbox
        clock = WarpedRunClock(time: time, deadlines: deadlines)
    }

    /// Starts a program soon; it is told of its start, its output and its end.
    package func launch(_ program: WarpProgram) { inbox.add(.launch(program)) }

    /// Signals the program with this process id and everything that descends from it.
    package func signal(_ root: Int32, _ signal: Int32) { inbox.add(.signal(root, signal)) }
}

/// What a session needs to know.
package struct WarpOptions: Sendable {
    package var engine: WarpEngineKind
    /// The path of the preload engine's library.
    package var library: String?
    /// What the wall clock says when the session begins, ns since 1970; 0 takes the host's.
    package var realtime: Int64
    /// The clock does not move past this.
    package var horizon: RunInstant?
    /// Sees what goes on between the programs and the harness, so that a program which spins while its request awaits an
    /// answer may be stepped over.
    package var traffic: @Sendable () -> WarpTraffic
    /// Told of everything the clock does, on the controller's thread; must not wait.
    package var report: @Sendable (WarpNews, RunInstant) -> Void

    package init(
        engine: WarpEngineKind,
        library: String? = nil,
        realtime: Int64 = 0,
        horizon: RunInstant? = nil,
        traffic: @escaping @Sendable () -> WarpTraffic = { WarpTraffic(awaited: 0, happenings: 0) },
        report: @escaping @Sendable (WarpNews, RunInstant) -> Void
    ) {
        self.engine = engine
        self.library = library
        self.realtime = realtime
        self.horizon = horizon
        self.traffic = traffic
        self.report = report
    }
}

/// What goes on between the programs and the harness at one moment.
package struct WarpTraffic: Sendable, Hashable {
    /// Requests of the programs that await the harness's answer.
    package var awaited: Int
    /// Grows with every connection, request and part of an answer.
    package var happenings: Int

    package init(awaited: Int, happenings: Int) {
        self.awaited = awaited
        self.happenings = happenings
    }
}

/// Opens a warped session, runs `body`, and ends the session with all its programs, whatever happens.
///
/// Threads of the process that were there before must have SIGCHLD blocked; see `WarpHost.prepare`.
///
/// - Throws: `WarpError` when the host does not allow the engine, or what `body` throws.
package func withWarpSession<Outcome>(
    _ options: WarpOptions,
    body: (WarpSession) async throws -> Outcome
) async throws -> Outcome {
    let wake = try WakeUp()
    let deadlines = WarpDeadlines(wake: wake)
    let inbox = WarpInbox(wake: wake)
    let ended = Latch()
    let engine = try await withCheckedThrowingContinuation { (opened: CheckedContinuation<WarpEngine, any Error>) in
        ControllerThread.start {
            defer { ended.open() }
            let engine: WarpEngine
            do {
                engine = try WarpEngine(options.engine, library: options.library, realtime: options.realtime)
            } catch {
                return opened.resume(throwing: error)
            }
            opened.resume(returning: engine)
            var controller = WarpController(
                engine: engine,
                time: WarpTime(of: engine),
                deadlines: deadlines,
                inbox: inbox,
                options: options
            )
            controller.run()
        }
    }
    let session = WarpSession(time: WarpTime(of: engine), deadlines: deadlines, inbox: inbox)
    let outcome: Result<Outcome, any Error>
    do { outcome = .success(try await body(session)) } catch { outcome = .failure(error) }
    deadlines.close()
    inbox.add(.close)
    await ended.wait()
    return try outcome.get()
}
