import Synchronization

/// Calls one waiting task, from any thread and without waiting.
///
/// An `AsyncStream` would stop handing over when its task is cancelled; a log has to be written to its end.
final class WriterCall: Sendable {
    private enum State {
        case quiet
        case called
        case waiting(CheckedContinuation<Bool, Never>)
        case ended
    }

    private let state = Mutex(State.quiet)

    /// Has ``next()`` return `true` once, now or when it is asked.
    func call() {
        let waiting = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            switch state {
            case .quiet, .called:
                state = .called
                return nil
            case .waiting(let continuation):
                state = .quiet
                return continuation
            case .ended: return nil
            }
        }
        waiting?.resume(returning: true)
    }

    /// Has ``next()`` return `false` from now on.
    func end() {
        let waiting = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            defer { state = .ended }
            guard case .waiting(let continuation) = state else { return nil }
            return continuation
        }
        waiting?.resume(returning: false)
    }

    /// Waits for a call; `false` says that there will be none any more.
    ///
    /// Only one task may wait.
    func next() async -> Bool {
        await withCheckedContinuation { continuation in
            let answer = state.withLock { state -> Bool? in
                switch state {
                case .quiet, .waiting:
                    state = .waiting(continuation)
                    return nil
                case .called:
                    state = .quiet
                    return true
                case .ended: return false
                }
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }
}
