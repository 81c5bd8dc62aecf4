/// What libcurl made of one exchange.
package struct CurlSight: Sendable, Hashable {
    /// libcurl's number for the outcome; 0 is success, and -1 that it was not asked.
    package var code: Int
    /// libcurl's words for a failure.
    package var message: String
    /// The status, as far as a head came.
    package var status: Int?
    /// The body's length in bytes, unpacked where it was packed; `nil` unless the exchange succeeded.
    package var bodyLength: Int?
    /// Says that a connection stood, TLS included.
    package var connected: Bool
    /// From the start to the first byte.
    package var firstByte: Duration?
    /// From the start to the end.
    package var total: Duration

    package init(
        code: Int,
        message: String = "",
        status: Int? = nil,
        bodyLength: Int? = nil,
        connected: Bool = true,
        firstByte: Duration? = nil,
        total: Duration = .zero
    ) {
        self.code = code
        self.message = message
        self.status = status
        self.bodyLength = bodyLength
        self.connected = connected
        self.firstByte = firstByte
        self.total = total
    }

    /// The sight in a few words, such as `error 56`.
    package var text: String {
        let head = status.map { "\($0)" } ?? "no status"
        guard code != 0 else { return bodyLength.map { "\(head), \($0) bytes" } ?? head }
        return status == nil ? "error \(code)" : "\(head), then error \(code)"
    }
}
