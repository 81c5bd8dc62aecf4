/// How much a journal keeps; the oldest goes first.
package struct JournalLimits: Sendable, Hashable {
    /// Requests of one endpoint.
    package var requests: Int
    /// Bytes of one endpoint's requests, heads and bodies and what is kept about them.
    package var bytes: Int
    /// Bytes of all endpoints together; the endpoint that adds to them gives up its own.
    package var bytesOfAll: Int
    /// Bytes of one request's body; of a longer one the beginning is kept, and how long it was.
    package var body: Int
    /// Failures of connections and other notes of one endpoint.
    package var notes: Int

    /// Makes limits; every one is at least 1.
    package init(
        requests: Int = 1000,
        bytes: Int = 32 << 20,
        bytesOfAll: Int = 256 << 20,
        body: Int = 64 << 10,
        notes: Int = 1000
    ) {
        self.requests = max(requests, 1)
        self.bytes = max(bytes, 1)
        self.bytesOfAll = max(bytesOfAll, 1)
        self.body = max(body, 1)
        self.notes = max(notes, 1)
    }
}
