import DeliveryEvidence
import NIOCore

/// Counts what an HTTP/2 connection takes and gives, right beneath the handler that makes frames of bytes.
///
/// It is also the place from which bytes go out that are no frames.
final class FrameTally: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let line: ConnectionLine
    /// Told of bytes that the kernel has taken.
    var taken: ((FrameSpotter.Share) -> Void)?
    /// Says that nothing that still comes is looked at.
    var isDeaf = false
    /// Says that what is written waits for what is written next.
    private(set) var isHolding = false
    /// How many bytes were written, whether they are out or not.
    private(set) var written = 0
    private var context: ChannelHandlerContext?
    private(set) var outbound = FrameSpotter(skipping: 0)
    private(set) var inbound = FrameSpotter(skipping: ConnectionPreface.bytes.count)
    /// When the first byte came of what was read last, or of the header block that is not complete.
    private(set) var frameBegan: Stamp?

    init(_ line: ConnectionLine) {
        self.line = line
    }

    func handlerAdded(context: ChannelHandlerContext) {
        line.writer = context
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    /// Keeps back what is written from now on, until it is released.
    func hold() { isHolding = true }

    /// Lets out what was kept back, in one piece.
    func release() {
        guard isHolding else { return }
        isHolding = false
        context?.flush()
    }

    func flush(context: ChannelHandlerContext) {
        if !isHolding { context.flush() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        line.recorder.received(bytes.readableBytes)
        guard !isDeaf else { return }
        if !inbound.isInHead { frameBegan = line.recorder.desk.now }
        _ = inbound.see(bytes.readableBytesView)
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let bytes = unwrapOutboundIn(data).readableBytesView
        let shares = outbound.see(bytes)
        written += bytes.count
        let promised = context.eventLoop.makePromise(of: Void.self)
        // Counted before whoever waits for the write is told, so that a receipt made then has the right number.
        promised.futureResult.assumeIsolated().whenComplete { [self] result in
            switch result {
            case .success:
                for share in shares { taken?(share) }
                promise?.succeed(())
            case .failure(let error):
                line.recorder.breaks(with: error)
                promise?.fail(error)
            }
        }
        context.write(data, promise: promised)
    }
}
