import DispatcherControl
import Glibc
import Synchronization

/// A host without processes: the test says when one starts and ends.
///
/// One that gets SIGKILL ends at once, so that no test can leave its scope waiting.
final class PretendHost: ProcessHosting {
    private struct State {
        var processes: [HostedProcess] = []
        var signals: [Int32] = []
        var isFinished = false
        var hasReturned = false
    }

    private let state = Mutex(State())
    private let stop: AsyncStream<Void>.Continuation
    private let stopped: AsyncStream<Void>
    private let startsAtOnce: Bool

    init(startsAtOnce: Bool = true) {
        self.startsAtOnce = startsAtOnce
        (stopped, stop) = AsyncStream.makeStream(of: Void.self)
    }

    /// What was launched, in order.
    var processes: [HostedProcess] { state.withLock { $0.processes } }

    /// What was sent to processes, in order; what goes to the children of one that has ended too.
    var signals: [Int32] { state.withLock { $0.signals } }

    /// Says that it was told to finish, and has been waited for.
    var isOver: Bool { state.withLock { $0.isFinished && $0.hasReturned } }

    /// Starts a process that was launched.
    func start(_ process: HostedProcess) {
        let (killed, onKill) = AsyncStream.makeStream(of: Void.self)
        process.started(processID: 7) { [self] signal in
            state.withLock { $0.signals.append(signal) }
            if signal == SIGKILL { onKill.finish() }
        }
        Task {
            for await _ in killed {}
            process.ended(.exited("signal 9"))
        }
    }

    func launch(_ process: HostedProcess) {
        state.withLock { $0.processes.append(process) }
        if startsAtOnce { start(process) }
    }

    func finish() {
        state.withLock { $0.isFinished = true }
        stop.finish()
    }

    func run() async {
        for await _ in stopped {}
        state.withLock { $0.hasReturned = true }
    }
}
