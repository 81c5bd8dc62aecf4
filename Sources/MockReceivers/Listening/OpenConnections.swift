import NIOCore
import Synchronization

/// The connections that are open now, so that the end of the scope reaches every one of them.
final class OpenConnections: Sendable {
    private struct State {
        var lines: [Int: ConnectionLine] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Takes a connection in.
    ///
    /// - Returns: false once the scope is ending; the connection is then to be dropped unseen.
    func add(_ line: ConnectionLine, number: Int) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            state.lines[number] = line
            return true
        }
    }

    func remove(_ number: Int) {
        state.withLock { $0.lines[number] = nil }
    }

    /// Says that no connection is taken in any more.
    var isClosed: Bool { state.withLock(\.isClosed) }

    /// Cuts every connection; returns when all are gone and recorded.
    ///
    /// None is taken in afterwards.
    func closeAll() async {
        let lines = state.withLock { state in
            state.isClosed = true
            return Array(state.lines.values)
        }
        for line in lines { line.cut().whenComplete { _ in } }
        for line in lines {
            // A channel's close future does not fail.
            do { try await line.gone.get() } catch { continue }
        }
    }
}
