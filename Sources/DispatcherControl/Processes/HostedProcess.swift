import Glibc
import Synchronization

/// One process of the dispatcher under test, from its launch to its end.
///
/// It leads a process group of its own, so that a signal reaches its children too.
final class HostedProcess: Sendable {
    enum News: Sendable {
        case line(String)
        case ended(ProcessEnd)
    }

    private struct State {
        var processID: Int32?
        /// A signal that was sent before there was a process to take it.
        var early: Int32?
        var lastLine: String?
        var end: ProcessEnd?
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter = 0
    }

    let launch: Launch
    /// Lines and the end, for the one reader that waits until the process is ready.
    ///
    /// Old news makes way for new.
    let news: AsyncStream<News>
    private let publish: AsyncStream<News>.Continuation
    private let onLine: @Sendable (String) -> Void
    private let onStart: @Sendable (Int) -> Void
    private let onEnd: @Sendable (_ end: ProcessEnd, _ lastLine: String?) -> Void
    private let state = Mutex(State())

    init(
        _ launch: Launch,
        onStart: @escaping @Sendable (Int) -> Void,
        onLine: @escaping @Sendable (String) -> Void,
        onEnd: @escaping @Sendable (_ end: ProcessEnd, _ lastLine: String?) -> Void
    ) {
        self.launch = launch
        self.onStart = onStart
        self.onLine = onLine
        self.onEnd = onEnd
        (news, publish) = AsyncStream.makeStream(of: News.self, bufferingPolicy: .bufferingNewest(1000))
    }

    /// How it ended; `nil` before that.
    var end: ProcessEnd? { state.withLock { $0.end } }

    /// The last line it wrote that is not blank.
    var lastLine: String? { state.withLock { $0.lastLine } }

    /// Sends `signal` to the process and its children: at once, or as soon as it has started.
    ///
    /// Does nothing once it has ended.
    ///
    /// The process id is read and used under the lock that `ended` takes, which keeps the time in which another
    /// process could have got the same id as short as the reaping itself.
    func send(_ signal: Int32) {
        state.withLock { state in
            guard state.end == nil else { return }
            if let processID = state.processID {
                kill(-processID, signal)
            } else if state.early != SIGKILL {
                state.early = signal
            }
        }
    }

    /// Returns when the process has ended or the calling task is cancelled.
    func waitForEnd() async {
        let ticket = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let resumesNow = state.withLock { state in
                    if state.end != nil || Task.isCancelled { return true }
                    state.waiters[ticket] = continuation
                    return false
                }
                if resumesNow { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: ticket) }?.resume()
        }
    }

    func started(processID: Int32) {
        onStart(Int(processID))
        state.withLock { state in
            state.processID = processID
            if let early = state.early { kill(-processID, early) }
        }
    }

    func wrote(_ line: String) {
        onLine(line)
        if line.contains(where: { !$0.isWhitespace }) { state.withLock { $0.lastLine = line } }
        publish.yield(.line(line))
    }

    /// Notes the end and kills what the process left behind in its group.
    ///
    /// Only the first call counts.
    func ended(_ end: ProcessEnd) {
        let waiters: [CheckedContinuation<Void, Never>]? = state.withLock { state in
            guard state.end == nil else { return nil }
            // The kernel gives the id to no other process while a member of the group is left.
            if let processID = state.processID { kill(-processID, SIGKILL) }
            state.end = end
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        guard let waiters else { return }
        onEnd(end, lastLine)
        publish.yield(.ended(end))
        publish.finish()
        for waiter in waiters { waiter.resume() }
    }
}
