import NIOCore
import NIOTLS

/// Waits for the end of the TLS handshake, in which ALPN says which HTTP a connection is (RFC 9113 section 3.2).
///
/// A client that negotiated nothing speaks HTTP/1.1, whatever its first bytes are.
final class NegotiationWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let setUp: ProtocolSetUp
    private var isDecided = false

    init(_ setUp: ProtocolSetUp) {
        self.setUp = setUp
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if !isDecided, let event = event as? TLSUserEvent, case .handshakeCompleted(let negotiated) = event {
            isDecided = true
            guard setUp.choose(isHTTP2: negotiated == "h2", context) else { return }
            context.fireUserInboundEventTriggered(event)
            if context.channel.isActive { context.pipeline.syncOperations.removeHandler(self, promise: nil) }
            return
        }
        context.fireUserInboundEventTriggered(event)
    }
}
