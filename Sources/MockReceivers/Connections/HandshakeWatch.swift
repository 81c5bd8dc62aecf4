import DeliveryEvidence
import NIOCore
import NIOSSL
import NIOTLS

/// Records how a TLS handshake went; stands right above TLS.
final class HandshakeWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let recorder: ConnectionRecorder

    init(_ recorder: ConnectionRecorder) {
        self.recorder = recorder
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? TLSUserEvent, case .handshakeCompleted(let negotiated) = event {
            recorder.secured(version: negotiatedVersion(context), applicationProtocol: negotiated)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? NIOSSLError, case .handshakeFailed(let failure) = error {
            recordFailure(failure)
        }
        context.fireErrorCaught(error)
    }

    private func recordFailure(_ failure: BoringSSLError) {
        if failure == .sslError([.eofDuringHandshake]) {
            recorder.handshakeFailed(reason: "closed during handshake", by: .dispatcher)
            return
        }
        let reason = Self.reason(of: failure)
        if let alert = recorder.peerAlert ?? TLSAlert(reason: reason) {
            recorder.handshakeFailed(reason: "alert \(alert.name)", by: .dispatcher)
        } else {
            recorder.handshakeFailed(reason: reason, by: .receiver)
        }
    }

    /// BoringSSL's own name for what is wrong, such as `HTTP_REQUEST`, without the source file it was found in.
    private static func reason(of failure: BoringSSLError) -> String {
        let text = "\(failure)"
        guard let match = text.firstMatch(of: /OPENSSL_internal:([A-Za-z0-9_ ]+?)(?: at |\]|,|$)/) else {
            return "TLS error"
        }
        return String(match.1)
    }

    private func negotiatedVersion(_ context: ChannelHandlerContext) -> String? {
        // Only a removed TLS handler makes this throw, and nothing removes it.
        guard let version = try? context.pipeline.syncOperations.nioSSL_tlsVersion() else { return nil }
        return switch version {
        case .tlsv1: "TLS 1.0"
        case .tlsv11: "TLS 1.1"
        case .tlsv12: "TLS 1.2"
        case .tlsv13: "TLS 1.3"
        }
    }
}
