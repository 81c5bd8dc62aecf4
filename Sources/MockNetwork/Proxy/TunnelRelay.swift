import NIOCore

/// One end of a tunnel: what comes in here goes out at the other end, no faster than that takes it.
///
/// Both ends are of the same event loop, to which they are confined.
final class TunnelRelay: ChannelDuplexHandler {
    typealias InboundIn = NIOAny
    typealias OutboundIn = NIOAny
    typealias OutboundOut = NIOAny

    private var other: TunnelRelay?
    private var context: ChannelHandlerContext?
    private var owesRead = false

    /// The two ends of a tunnel.
    static func pair() -> (TunnelRelay, TunnelRelay) {
        let (one, two) = (TunnelRelay(), TunnelRelay())
        one.other = two
        two.other = one
        return (one, two)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        other = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { other?.context?.write(data, promise: nil) }

    func channelReadComplete(context: ChannelHandlerContext) {
        other?.context?.flush()
        context.fireChannelReadComplete()
    }

    func channelInactive(context: ChannelHandlerContext) {
        other?.context?.close(promise: nil)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable, let other, other.owesRead {
            other.owesRead = false
            other.context?.read()
        }
        context.fireChannelWritabilityChanged()
    }

    func read(context: ChannelHandlerContext) {
        if let far = other?.context, !far.channel.isWritable {
            owesRead = true
        } else {
            context.read()
        }
    }
}
