import Synchronization

/// Hands out the numbers of connections and attempts, each unique in its scenario and 1-based.
///
/// All receivers of a scenario share one.
package final class ScenarioNumbers: Sendable {
    private let last = Mutex((connection: 0, attempt: 0))

    package init() {}

    /// The next connection's number.
    func nextConnection() -> Int {
        last.withLock { last in
            last.connection += 1
            return last.connection
        }
    }

    /// The next attempt's number, in order of arrival.
    func nextAttempt() -> Int {
        last.withLock { last in
            last.attempt += 1
            return last.attempt
        }
    }
}
