import Glibc
import NIOCore
import NIOPosix
import NIOSSL

/// A TLS client that verifies certificates, or does not.
struct TLSVictim: Sendable {
    enum Trust: Sendable {
        case only(pem: String)
        case onlyChain(pem: String)
        case anything
    }

    let port: Int
    let trust: Trust

    /// Sends a request and reads until the receiver closes.
    ///
    /// - Throws: what the handshake fails with.
    func exchange(_ request: String) async throws -> String {
        var configuration = TLSConfiguration.makeClientConfiguration()
        switch trust {
        case .only(let pem), .onlyChain(let pem):
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)))
        case .anything:
            configuration.certificateVerification = .none
        }
        if case .onlyChain = trust { configuration.certificateVerification = .noHostnameVerification }
        let context = try NIOSSLContext(configuration: configuration)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let tls = try NIOSSLClientHandler(context: context, serverHostname: nil)
                    try channel.pipeline.syncOperations.addHandler(tls)
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            // When the handshake fails, the write only says that the channel is closed; reading says why.
            var writing: (any Error)?
            do { try await outbound.write(ByteBuffer(string: request)) } catch { writing = error }
            var answer = ByteBuffer()
            do {
                for try await part in inbound { answer.writeImmutableBuffer(part) }
            } catch NIOSSLError.uncleanShutdown where answer.readableBytes > 0 {
                return String(buffer: answer)
            } catch let error as IOError where error.errnoCode == ECONNRESET && answer.readableBytes > 0 {
                // The receiver does not wait for long for a client's last word, which then meets a closed connection.
                return String(buffer: answer)
            }
            if let writing { throw writing }
            return String(buffer: answer)
        }
    }
}
