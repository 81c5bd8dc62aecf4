import NIOCore
import NIOSSL

extension LeafCertificate {
    /// How long a normal close waits for the peer's close_notify before the connection is cut.
    ///
    /// NIOSSL's own five seconds would keep a connection to a rude client open beyond the end of a scenario.
    private static let shutdownTimeout = TimeAmount.milliseconds(250)

    /// Makes the TLS side of a listener: TLS 1.2 and newer, and no protocol but HTTP/1.1 is offered.
    ///
    /// Clients offer HTTP/2 by ALPN on their own; without this restriction they would speak it to a decoder that does not.
    ///
    /// - Throws: a `NIOSSLError` when the certificate or key is not usable; not expected.
    func serverContext() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificatePEM.utf8)).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(keyPEM.utf8), format: .pem))
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        configuration.shutdownTimeout = Self.shutdownTimeout
        return try NIOSSLContext(configuration: configuration)
    }
}
