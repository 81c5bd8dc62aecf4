import NIOCore
import Synchronization

/// The connections of one endpoint that are open now, so that the end of the scope reaches every one of them.
final class OpenConnections: Sendable {
    private struct State {
        var handles: [Int: ConnectionHandle] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Takes a connection in.
    ///
    /// - Returns: false once the scope is ending; the connection is then to be dropped unseen.
    func add(_ handle: ConnectionHandle, number: Int) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            state.handles[number] = handle
            return true
        }
    }

    func remove(_ number: Int) {
        state.withLock { $0.handles[number] = nil }
    }

    /// Says that no connection is taken in any more.
    var isClosed: Bool { state.withLock(\.isClosed) }

    /// Cuts every connection; returns when all are gone and recorded.
    ///
    /// None is taken in afterwards.
    func closeAll() async {
        let handles = state.withLock { state in
            state.isClosed = true
            return Array(state.handles.values)
        }
        for handle in handles { handle.cut() }
        for handle in handles {
            // A channel's close future does not fail.
            do { try await handle.gone.get() } catch { continue }
        }
    }
}
