import Glibc
import Synchronization

/// One process of the dispatcher under test, from its launch to its end.
package final class HostedProcess: Sendable {
    enum News: Sendable {
        case line(String)
        case ended(ProcessEnd)
    }

    /// What its end would mean.
    enum Phase: Sendable {
        /// Whoever waits until it is ready is told of its end.
        case starting
        case running
        /// It was told to end.
        case ending
    }

    private struct State {
        var phase: Phase
        /// Signals the process and its children; there is none before it has started.
        var signal: (@Sendable (Int32) -> Void)?
        /// A signal that was sent before there was a process to take it.
        var early: Int32?
        var lastLine: String?
        var processID: Int32?
        var end: ProcessEnd?
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter = 0
    }

    /// What is to be started.
    package let launch: Launch
    /// Lines and the end, for the one reader that waits until the process is ready.
    ///
    /// Old news makes way for new.
    let news: AsyncStream<News>
    private let publish: AsyncStream<News>.Continuation
    private let onLine: @Sendable (String) -> Void
    private let onStart: @Sendable (Int) -> Void
    private let onEnd: @Sendable (_ end: ProcessEnd, _ lastLine: String?, _ phase: Phase) -> Void
    private let state: Mutex<State>

    init(
        _ launch: Launch,
        phase: Phase,
        onStart: @escaping @Sendable (Int) -> Void,
        onLine: @escaping @Sendable (String) -> Void,
        onEnd: @escaping @Sendable (_ end: ProcessEnd, _ lastLine: String?, _ phase: Phase) -> Void
    ) {
        self.launch = launch
        self.onStart = onStart
        self.onLine = onLine
        self.onEnd = onEnd
        state = Mutex(State(phase: phase))
        (news, publish) = AsyncStream.makeStream(of: News.self, bufferingPolicy: .bufferingNewest(1000))
    }

    /// How it ended; `nil` before that.
    var end: ProcessEnd? { state.withLock { $0.end } }

    /// The id of the process; `nil` before it has started.
    var processID: Int32? { state.withLock { $0.processID } }

    /// The last line it wrote that is not blank.
    var lastLine: String? { state.withLock { $0.lastLine } }

    /// Changes what an end would mean from now on.
    ///
    /// - Returns: The end that came before, if one did: it was taken for what the earlier phase says.
    @discardableResult
    func enter(_ phase: Phase) -> ProcessEnd? {
        state.withLock { state in
            state.phase = phase
            return state.end
        }
    }

    /// Sends `signal` to the process and its children: at once, or as soon as it has started.
    ///
    /// Does nothing once it has ended. The signal goes out under the lock that `ended` takes, which keeps the time in
    /// which another process could have got the same id as short as the reaping itself.
    func send(_ signal: Int32) {
        state.withLock { state in
            guard state.end == nil else { return }
            if let send = state.signal {
                send(signal)
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

    /// Takes note of the start.
    ///
    /// - Parameter signal: Signals the process and its children. It is called under a lock, also in `ended`, and must
    ///   not call this process.
    package func started(processID: Int32, signal: @escaping @Sendable (Int32) -> Void) {
        onStart(Int(processID))
        state.withLock { state in
            state.processID = processID
            state.signal = signal
            if let early = state.early { signal(early) }
        }
    }

    /// Takes a line of its output, without the line's end.
    package func wrote(_ line: String) {
        onLine(line)
        if line.contains(where: { !$0.isWhitespace }) { state.withLock { $0.lastLine = line } }
        publish.yield(.line(line))
    }

    /// Notes the end and kills the children that the process left behind.
    ///
    /// Only the first call counts.
    package func ended(_ end: ProcessEnd) {
        let ending: (phase: Phase, waiters: [CheckedContinuation<Void, Never>])? = state.withLock { state in
            guard state.end == nil else { return nil }
            // The kernel gives the id to no other process while a member of its group is left.
            state.signal?(SIGKILL)
            state.end = end
            defer { state.waiters = [:] }
            return (state.phase, Array(state.waiters.values))
        }
        guard let ending else { return }
        onEnd(end, lastLine, ending.phase)
        publish.yield(.ended(end))
        publish.finish()
        for waiter in ending.waiters { waiter.resume() }
    }
}
