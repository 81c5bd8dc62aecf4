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
        if let event = event as? TLSUserEvent, case .handshakeCompleted = event {
            recorder.secured(version: negotiatedVersion(context))
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? NIOSSLError, case .handshakeFailed(let failure) = error {
            let reason = failure == .sslError([.eofDuringHandshake]) ? "closed during handshake" : "\(failure)"
            recorder.handshakeFailed(reason: reason, by: Self.peerGaveUp(reason) ? .dispatcher : .receiver)
        }
        context.fireErrorCaught(error)
    }

    /// BoringSSL names an alert that the peer sent `…_ALERT_…`; what it found wrong itself has other names.
    private static func peerGaveUp(_ reason: String) -> Bool {
        reason.contains("_ALERT_") || reason == "closed during handshake"
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
