package import DeliveryScenarios
import Synchronization

/// How far an endpoint's reply script has come, apart for each delivery.
///
/// Advancing is one step under one lock, so that attempts that arrive together on several connections, and a retry that
/// overlaps an attempt which still hangs, each get a reply of their own.
package final class ScriptProgress: Sendable {
    /// A reply and the place in the script it was given for.
    package struct Turn: Sendable, Equatable {
        /// Which attempt of its delivery it is, 1-based.
        package let ordinal: Int
        package let reply: Reply
        /// Says that the delivery could not be remembered; true once, for the first such delivery.
        package let overflowed: Bool
    }

    /// How many deliveries are remembered.
    ///
    /// A runaway dispatcher that invents a key per request must not eat the harness's memory. No scenario has that many
    /// deliveries; past the limit the run is reported as failed rather than a known delivery forgotten.
    package static let capacity = 100_000

    private struct State {
        var counts: [String?: Int] = [:]
        var hasOverflowed = false
    }

    private let script: ReplyScript
    private let capacity: Int
    private let state = Mutex(State())

    /// Starts a script at its first reply for every delivery.
    package init(_ script: ReplyScript, capacity: Int = ScriptProgress.capacity) {
        self.script = script
        self.capacity = capacity
    }

    var sources: [DeliveryKeySource] { script.keys }

    /// The reply that every attempt gets, whichever its delivery is; `nil` when it depends on the attempt.
    var onlyReply: Reply? {
        script.replies.allSatisfy { $0 == script.replies.first } ? script.replies.first : nil
    }

    /// Counts an attempt of the delivery `key` and gives its reply.
    ///
    /// - Parameter key: `nil` when nothing identifies the delivery; all such attempts count as one delivery.
    package func advance(_ key: String?) -> Turn {
        let (ordinal, overflowed) = state.withLock { state -> (Int, Bool) in
            if let count = state.counts[key] {
                state.counts[key] = count + 1
                return (count + 1, false)
            }
            guard state.counts.count < capacity else {
                defer { state.hasOverflowed = true }
                return (1, !state.hasOverflowed)
            }
            state.counts[key] = 1
            return (1, false)
        }
        return Turn(ordinal: ordinal, reply: script.reply(to: ordinal), overflowed: overflowed)
    }
}
