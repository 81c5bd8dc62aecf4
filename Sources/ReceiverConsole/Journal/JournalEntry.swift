package import DeliveryEvidence
package import FoundationEssentials

/// Something that happened around a receiver, for whoever watches.
///
/// A request's entries carry all that is known of it at that moment, so that one that was missed is made up for by the next.
package struct JournalEntry: Sendable {
    /// What happened.
    package enum Kind: Sendable {
        case endpointOpened(url: String)
        case endpointClosed
        case requestArrived(JournalRequest)
        /// The request's answer is over.
        case requestAnswered(JournalRequest)
        /// The receipt of a fault in the request's answer came.
        case receiptAdded(JournalRequest)
        /// A connection ended before there was a request.
        case connectionFailed(ConnectionFailure)
        case scriptChanged(ScriptChange)
        /// The receiver could not do what the script asked, or a script could not be taken.
        case problem(String)
        /// This watcher was too slow for so many entries; look at the journal itself for them.
        case missed(Int)

        /// Says that it is about a request.
        package var isRequest: Bool {
            switch self {
            case .requestArrived, .requestAnswered, .receiptAdded: true
            default: false
            }
        }
    }

    /// Grows with each entry of the journal; 0 for ``Kind/missed(_:)``.
    package var cursor: Int
    /// The id of the endpoint; empty for ``Kind/missed(_:)``.
    package var endpoint: String
    /// When, in real time since the start of the run.
    package var at: Stamp
    /// When, on the wall clock.
    package var wallTime: Date
    package var kind: Kind
}

/// How a connection ended before there was a request on it.
package struct ConnectionFailure: Sendable, Hashable {
    /// `nil` when it happened to no connection in particular.
    package var connection: Int?
    /// What happened in a few words: the alert of a handshake, or what an observer of a fault would have seen.
    package var reason: String
    /// The receipt, when the script asked for it.
    package var receipt: FaultProduced?
}

/// A new script of an endpoint.
package struct ScriptChange: Sendable, Hashable {
    /// The script as a person wrote it, without secrets.
    package var text: String
    /// Who changed it, such as `the control API` or `the file failing.yaml`.
    package var origin: String

    /// Makes a change from its parts.
    package init(text: String, origin: String) {
        self.text = text
        self.origin = origin
    }
}
