/// A version of HTTP, and how client and server agree on it.
package enum HTTPVersion: Sendable, Hashable {
    /// HTTP/1.1.
    case http1
    /// HTTP/2 over TLS, or HTTP/1.1 when the server does not take the offer (ALPN).
    case http2
    /// HTTP/2 without asking the server, also without TLS.
    case http2WithoutAsking
}

/// The oldest version of TLS that a client speaks.
package enum OldestTLS: Sendable, Hashable {
    /// Whatever the library can, however weak.
    case any
    case version1Point2
    case version1Point3
}

/// One request, over HTTP/1.1 unless asked otherwise, and the limits it is sent under.
///
/// What stands here is what goes on the wire: libcurl's own `Accept`, `Expect` and `Content-Type` are kept away. Only
/// `Host` (first, unless given) and `Content-Length` (last, unless given) are added. A request is sent at most once:
/// with the default `reusesConnections: false` libcurl has no stale connection on which to repeat it.
package struct TransferRequest: Sendable {
    /// The method, such as `POST`: any token but `CONNECT`, in its own case.
    package var method: String
    /// An absolute `http` or `https` URL without user and password.
    package var url: String
    /// The header fields, in order, in their own case, duplicates included.
    ///
    /// After a redirect to another origin libcurl leaves out `Authorization`, `Cookie` and `Host`; every other field
    /// is sent there too, signatures included.
    package var headers: [HeaderField]
    /// The body's bytes.
    ///
    /// An empty body is announced as `Content-Length: 0` for POST, PUT and PATCH (RFC 9110, 8.6), else not at all.
    package var body: [UInt8]

    /// The time from the start, connecting included, to the response's last byte; nil is no limit.
    package var totalLimit: Duration?
    /// The time to resolve, connect and finish TLS; nil is libcurl's own limit of 300 s.
    package var connectLimit: Duration?
    /// How many redirects are followed, 0 for none.
    ///
    /// As browsers do, a POST becomes a GET on 301, 302 and 303; every other method stays what it is.
    package var followsRedirects = 0
    /// Whether the server's certificate must be valid, trusted and made out to the URL's host.
    package var verifiesCertificates = true
    /// The path of a PEM file with the authorities to trust in place of the system's; nil trusts the system's.
    package var trustStore: String?
    /// Whether a kept connection may be used, and this one kept.
    ///
    /// On a kept connection that turns out to be dead libcurl **sends the request again** without a word
    /// (curl/curl#18417), so this is for requests that may arrive twice.
    package var reusesConnections = false
    /// Which version of HTTP is spoken.
    package var version = HTTPVersion.http1
    /// Whether every packing libcurl knows is asked for (`Accept-Encoding`), and a packed body counted and kept unpacked.
    package var unpacksBody = false
    /// Whether the proxies in the environment (`https_proxy` and so on) are used.
    package var usesEnvironmentProxies = false

    /// The oldest version of TLS that is spoken.
    package var oldestTLS = OldestTLS.version1Point2
    /// What the URL's host resolves to, as IP addresses that are tried as RFC 8305 says; empty asks the system.
    ///
    /// The hosts of redirects are asked of the system.
    package var addresses: [String] = []
    /// The proxy, as `host:port`, through which a tunnel is opened (CONNECT), for plain URLs too; nil connects directly.
    package var proxy: String?
    /// Whether the body is sent to its end although an answer of 300 or more has come.
    package var sendsBodyInAnyCase = false

    /// How many bytes of the response's body are kept; the rest is counted and dropped.
    package var responseBodyCap = 64 * 1024
    /// How many bytes of body a response may have before the transfer fails with `bodyTooLarge`.
    package var responseBodyLimit = 16 * 1024 * 1024

    /// Says whether this IP address and port may be spoken to; asked on the transfer thread, so it must be quick.
    ///
    /// Asked for every address before the connection is begun, and again before each request on a kept one, redirects
    /// included, so that a name cannot resolve to one address for the check and another for the connection. IPv6
    /// addresses may be IPv4-mapped (`::ffff:127.0.0.1`) or scoped (`fe80::1%eth0`).
    package var allowsAddress: (@Sendable (_ address: String, _ port: Int) -> Bool)?

    /// Makes a request with the default limits, which can then be set one by one.
    package init(
        method: String,
        url: String,
        headers: [HeaderField] = [],
        body: [UInt8] = [],
        totalLimit: Duration? = nil,
        connectLimit: Duration? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.totalLimit = totalLimit
        self.connectLimit = connectLimit
    }
}
