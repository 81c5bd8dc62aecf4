/// What came in all.
struct ReceiveTally: Sendable {
    var requests = 0
    var deliveries = 0
    /// Requests that are over, whatever was done with them.
    var ended = 0
    /// Requests that got a whole answer, by its status.
    var statuses: [Int: Int] = [:]
    /// Requests that are over and got no whole answer.
    var unanswered = 0
    /// Faults that were produced.
    var faults = 0
    /// Requests for which the script has no rule.
    var unmatched = 0
    var failedHandshakes = 0
    /// Connections that ended without a request, failed handshakes left aside.
    var emptyConnections = 0
    /// What the receiver could not do as asked.
    var failures = 0
    /// Things that happened and were not shown.
    var untold = 0
}
