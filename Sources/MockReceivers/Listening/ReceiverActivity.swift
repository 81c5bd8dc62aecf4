package import DeliveryEvidence
package import RunClocks
import Synchronization

/// What is going on at one receiver, or at all receivers of a scenario together, at this moment.
package final class ReceiverActivity: Sendable {
    /// The counts of one moment, taken together.
    package struct Reading: Sendable, Hashable {
        /// Attempts that have arrived so far, those that were cut short included.
        package var attemptsArrived = 0
        /// Attempts that are over: answered, or cut off by either side.
        package var attemptsEnded = 0
        /// Requests that have begun and whose attempt has not ended, and TLS handshakes in progress.
        package var inFlight = 0
        /// When something last happened: a connection opened or closed, a request, a part of an answer.
        package var lastActivity = Stamp(nanoseconds: 0)
        /// Grows whenever something happens, at whatever moment of a clock that may stand still.
        package var happenings = 0
    }

    private struct Waiter {
        let isReached: @Sendable (Reading) -> Bool
        let signal: AsyncStream<Never>.Continuation
    }

    private struct State {
        var reading = Reading()
        var waiters: [Int: Waiter] = [:]
        var lastWaiter = 0
    }

    private let clock: any RunClock
    private let state = Mutex(State())

    init(clock: any RunClock) {
        self.clock = clock
    }

    /// The counts as they are now.
    package var reading: Reading { state.withLock(\.reading) }

    /// Attempts that have arrived so far.
    package var attemptsArrived: Int { reading.attemptsArrived }

    /// Requests begun and not ended, and handshakes in progress.
    package var inFlight: Int { reading.inFlight }

    /// When something last happened.
    package var lastActivity: Stamp { reading.lastActivity }

    /// Waits until so many attempts have arrived since the receiver was opened.
    ///
    /// Does not poll. Returns early when the task is cancelled.
    ///
    /// - Returns: whether they have arrived.
    package func waitForAttempts(_ count: Int, until deadline: RunInstant) async -> Bool {
        await wait(until: deadline) { $0.attemptsArrived >= count }
    }

    /// Waits until so many attempts are over since the receiver was opened.
    ///
    /// Does not poll. Returns early when the task is cancelled.
    ///
    /// - Returns: whether they are.
    package func waitForEnds(_ count: Int, until deadline: RunInstant) async -> Bool {
        await wait(until: deadline) { $0.attemptsEnded >= count }
    }

    /// Waits until no request is under way.
    ///
    /// Does not poll. Returns early when the task is cancelled.
    ///
    /// - Returns: whether that is so.
    package func waitForAnswers(until deadline: RunInstant) async -> Bool {
        await wait(until: deadline) { $0.inFlight == 0 }
    }

    private func wait(until deadline: RunInstant, for isReached: @escaping @Sendable (Reading) -> Bool) async -> Bool {
        let (signals, signal) = AsyncStream.makeStream(of: Never.self)
        let waiter = state.withLock { state -> Int? in
            guard !isReached(state.reading) else { return nil }
            state.lastWaiter += 1
            state.waiters[state.lastWaiter] = Waiter(isReached: isReached, signal: signal)
            return state.lastWaiter
        }
        guard let waiter else { return true }
        let clock = clock
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in signals {} }
            group.addTask {
                do { try await clock.sleep(until: deadline, tolerance: nil) } catch { return }
            }
            await group.next()
            group.cancelAll()
        }
        return state.withLock { state in
            state.waiters[waiter] = nil
            return isReached(state.reading)
        }
    }

    /// Notes that something happened at `stamp`.
    func note(at stamp: Stamp, arrived: Int = 0, ended: Int = 0, inFlight: Int = 0) {
        let reached = state.withLock { state -> [Waiter] in
            state.reading.happenings += 1
            state.reading.attemptsArrived += arrived
            state.reading.attemptsEnded += ended
            state.reading.inFlight += inFlight
            state.reading.lastActivity = max(state.reading.lastActivity, stamp)
            guard !state.waiters.isEmpty else { return [] }
            let reached = state.waiters.filter { $0.value.isReached(state.reading) }
            for number in reached.keys { state.waiters[number] = nil }
            return Array(reached.values)
        }
        for waiter in reached { waiter.signal.finish() }
    }
}
