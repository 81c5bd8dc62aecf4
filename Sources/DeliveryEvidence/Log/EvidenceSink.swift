/// Where whoever sees something says so.
///
/// `record` never waits and may be called from any thread, event loops included.
package protocol EvidenceSink: Sendable {
    /// Notes that `event` was seen at `stamp`.
    func record(_ event: EvidenceEvent, at stamp: Stamp)
}
