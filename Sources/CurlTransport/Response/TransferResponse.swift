/// A complete response, and how it came.
package struct TransferResponse: Sendable {
    /// The status line and header fields of the final response.
    package var head: ResponseHead
    /// The body's bytes as far as `responseBodyCap` let them be kept; never decompressed.
    package var body: [UInt8]
    /// The whole body's length in bytes, what was dropped included.
    package var bodyLength: Int
    /// When the phases were over.
    package var timings: TransferTimings
    /// The connection it came on, the last one after redirects.
    package var connection: TransferConnection
    /// How many redirects were followed.
    package var redirectCount: Int

    /// The status code, 200...599 in lawful responses.
    package var status: Int { head.status }
    /// The header fields, in order, in their own case.
    package var headers: [HeaderField] { head.headers }
    /// Our own port, by which the server's record of the connection can be found.
    package var localPort: Int { connection.localPort }
    /// The server's IP address.
    package var remoteAddress: String { connection.remoteAddress }
}

/// The two ends of a connection.
package struct TransferConnection: Sendable, Hashable {
    /// Our own port.
    package var localPort: Int
    /// The peer's IP address.
    package var remoteAddress: String
    /// The peer's port.
    package var remotePort: Int

    /// Makes the pair of ends.
    package init(localPort: Int, remoteAddress: String, remotePort: Int) {
        self.localPort = localPort
        self.remoteAddress = remoteAddress
        self.remotePort = remotePort
    }
}
