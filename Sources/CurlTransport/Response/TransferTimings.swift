/// When the phases of a transfer were over, each counted from its start; nil for a phase that was not reached.
///
/// On a kept connection there is no phase of connecting, and after redirects the phases are those of the last request.
package struct TransferTimings: Sendable, Hashable {
    /// When the name was resolved.
    package var nameLookup: Duration?
    /// When the TCP connection stood; libcurl 7.88 tells it only once TLS, if any, is over.
    package var connect: Duration?
    /// When the TLS handshake was over; nil for plain HTTP too.
    package var tls: Duration?
    /// When the response's first byte came.
    package var firstByte: Duration?
    /// When the transfer ended, in whatever way.
    package var total: Duration

    /// Makes timings from their parts.
    package init(
        nameLookup: Duration? = nil,
        connect: Duration? = nil,
        tls: Duration? = nil,
        firstByte: Duration? = nil,
        total: Duration
    ) {
        self.nameLookup = nameLookup
        self.connect = connect
        self.tls = tls
        self.firstByte = firstByte
        self.total = total
    }
}
