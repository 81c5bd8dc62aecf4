package import DeliveryEvidence

/// An evidence log that somebody else keeps, and that takes what an endpoint sees.
package struct EvidenceDestination: Sendable {
    /// Where every event goes, after the journal has it.
    package var sink: any EvidenceSink
    /// The log's file.
    package var path: String
    /// Returns when everything recorded until now is in the file.
    package var flush: @Sendable () async -> Void

    /// Makes a destination from its parts.
    package init(sink: any EvidenceSink, path: String, flush: @escaping @Sendable () async -> Void) {
        self.sink = sink
        self.path = path
        self.flush = flush
    }
}
