import DeliveryScenarios
import NIOCore
import NIOSSL
import Synchronization

/// Takes lines of a TLS key log (NSS key log format), each with its newline, with which a capture can be decrypted.
package typealias KeyLog = @Sendable ([UInt8]) -> Void

extension LeafCertificate {
    /// How long a normal close waits for the peer's close_notify before the connection is cut.
    ///
    /// NIOSSL's own five seconds would keep a connection to a rude client open beyond the end of a scenario.
    private static let shutdownTimeout = TimeAmount.milliseconds(250)

    /// Makes the TLS side of a listener: TLS 1.2 and newer, or nothing newer than 1.1.
    ///
    /// - Parameter protocols: what ALPN offers. Clients offer HTTP/2 on their own; without this restriction they would speak
    ///   it to a decoder that does not.
    /// - Throws: a `NIOSSLError` when the certificate or key is not usable; not expected.
    func serverContext(protocols: [String], isOld: Bool = false, keyLog: KeyLog? = nil) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificatePEM.utf8)).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(keyPEM.utf8), format: .pem))
        )
        if isOld {
            configuration.minimumTLSVersion = .tlsv1
            configuration.maximumTLSVersion = .tlsv11
            // TLS 1.1 knows none of the ciphers that are usual today.
            configuration.cipherSuites = "ALL"
        } else {
            configuration.minimumTLSVersion = .tlsv12
        }
        configuration.applicationProtocols = protocols
        configuration.shutdownTimeout = Self.shutdownTimeout
        if let keyLog { configuration.keyLogCallback = { keyLog(Array($0.readableBytesView)) } }
        return try NIOSSLContext(configuration: configuration)
    }
}

/// The TLS contexts of one endpoint: its own, and those of the faults in its script.
final class ServerIdentities: Sendable {
    private let authority: RunAuthority
    private let protocols: [String]
    private let host: String?
    private let keyLog: KeyLog?
    /// What connections get that meet no fault; `nil` for a plain endpoint.
    let usual: NIOSSLContext?
    private let faulty = Mutex<[Fault.Kind: NIOSSLContext]>([:])

    /// - Parameter host: the name by which clients know the endpoint, for which its certificates are made out too.
    /// - Throws: what the certificates' libraries throw; not expected.
    init(
        _ identity: ReceiverIdentity,
        authority: RunAuthority,
        offersHTTP2: Bool,
        host: String? = nil,
        keyLog: KeyLog?
    ) throws {
        self.authority = authority
        self.host = host
        self.keyLog = keyLog
        protocols = offersHTTP2 ? ["h2", "http/1.1"] : ["http/1.1"]
        usual = try authority.leaf(for: identity, host: host)?.serverContext(protocols: protocols, keyLog: keyLog)
    }

    /// Makes what the faults of a script need ahead of time: a key and its certificate take milliseconds.
    ///
    /// - Throws: what the certificates' libraries throw; not expected.
    func prepare(for kinds: Set<Fault.Kind>) throws {
        guard usual != nil else { return }
        for kind in kinds { _ = try context(for: kind) }
    }

    /// The context that produces a fault of the handshake; `nil` when TLS itself has no part in it.
    ///
    /// - Throws: what the certificates' libraries throw; not expected.
    func context(for kind: Fault.Kind) throws -> NIOSSLContext? {
        if let made = faulty.withLock({ $0[kind] }) { return made }
        guard let leaf = try authority.leaf(producing: kind, host: host) else { return nil }
        let context = try leaf.serverContext(protocols: protocols, isOld: kind == .oldVersion, keyLog: keyLog)
        faulty.withLock { $0[kind] = context }
        return context
    }
}
