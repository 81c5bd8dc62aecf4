/// How much of a request is kept.
///
/// More is recorded as malformed and the connection is closed.
struct RequestLimits: Sendable {
    /// Bytes of the request line and the headers together.
    var head = 256 * 1024
    /// Bytes of the body after decoding of chunks.
    var body = 32 * 1024 * 1024
}
