import NIOCore
import NIOPosix
import NIOSSL

/// A TLS client that notes what passes above TLS and what happens beneath it.
struct TLSSocket: VictimSocket {
    private let channel: any Channel
    private let log: TLSLog

    var localPort: Int? { log.localPort }
    var tls: TLSSight? { log.sight }

    /// Connects to a port of 127.0.0.1 and lets the handshake go as it goes.
    ///
    /// - Parameters:
    ///   - authority: the certificate to trust, in PEM.
    ///   - verifies: false takes any certificate and keeps what is to be seen of it.
    ///   - protocols: what is offered by ALPN.
    static func connect(
        to port: Int,
        authority: String,
        verifies: Bool,
        protocols: [String],
        limit: Duration
    ) async -> ConnectOutcome {
        let log = TLSLog()
        do {
            let context = try context(authority: authority, verifies: verifies, protocols: protocols)
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.allowRemoteHalfClosure, value: true)
                .connectTimeout(.nanoseconds(Int64(limit / .nanoseconds(1))))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.addHandler(WireWatch(log))
                        try pipeline.addHandler(clientHandler(context, verifies: verifies, log: log))
                        try pipeline.addHandler(PlainWatch(log))
                    }
                }
                .connect(host: "127.0.0.1", port: port)
                .get()
            return .stood(TLSSocket(channel: channel, log: log))
        } catch let error as NIOConnectionError {
            return outcome(error.connectionErrors.first?.error ?? error)
        } catch {
            return outcome(error)
        }
    }

    private static func outcome(_ error: any Error) -> ConnectOutcome {
        if case .connectTimeout = error as? ChannelError { return .unanswered }
        return switch (error as? IOError)?.errnoCode {
        case ECONNREFUSED: .refused
        case ETIMEDOUT: .unanswered
        case .some(let code): .failed(code)
        case nil: .failed(EPROTO)
        }
    }

    private static func context(authority: String, verifies: Bool, protocols: [String]) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(authority.utf8)))
        configuration.applicationProtocols = protocols
        configuration.minimumTLSVersion = .tlsv12
        // With a callback of our own, this decides only whether the name is looked at.
        if !verifies { configuration.certificateVerification = .noHostnameVerification }
        configuration.shutdownTimeout = .milliseconds(50)
        return try NIOSSLContext(configuration: configuration)
    }

    private static func clientHandler(
        _ context: NIOSSLContext,
        verifies: Bool,
        log: TLSLog
    ) throws -> NIOSSLClientHandler {
        guard !verifies else { return try NIOSSLClientHandler(context: context, serverHostname: nil) }
        return try NIOSSLClientHandler(
            context: context,
            serverHostname: nil,
            customVerificationCallback: { certificates, verdict in
                log.keep(certificates.first.flatMap(CertificateSight.init))
                verdict.succeed(.certificateVerified)
            }
        )
    }

    func send(_ bytes: ArraySlice<UInt8>) -> SendOutcome {
        guard !log.isOver else { return .broken }
        channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
        return .taken(bytes.count)
    }

    func receive() -> ReceiveOutcome { log.next() }

    func close() async {
        // Without asking TLS: the victim is done, and what it saw is already written down.
        channel.pipeline.fireUserInboundEventTriggered(VictimLeaves())
        // A channel's close future does not fail.
        do { try await channel.closeFuture.get() } catch { return }
    }
}

extension CertificateSight {
    fileprivate init?(_ certificate: NIOSSLCertificate) {
        // A certificate that cannot be read counts as none, which the comparison then says.
        guard let der = try? certificate.toDERBytes(), let names = CertificateNames(der: der) else { return nil }
        var namesLoopback = false
        for name in certificate._subjectAlternativeNames() {
            name.contents.withUnsafeBufferPointer { namesLoopback = namesLoopback || Array($0) == [127, 0, 0, 1] }
        }
        self.init(
            notBefore: Int(certificate.notValidBefore),
            notAfter: Int(certificate.notValidAfter),
            issuer: names.issuer,
            subject: names.subject,
            namesLoopback: namesLoopback
        )
    }
}
