import NIOCore

/// Holds back the first bytes of a plain connection until they say which HTTP it is.
///
/// The usual request of HTTP/1.1 is told apart by its second byte at the latest. A client that stops in the middle of
/// the preface has begun a request, as far as anyone can tell: it counts as one in flight, and when it goes, its bytes
/// are given to HTTP/1.1, which records them as a request that was cut short.
final class PrefaceWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let setUp: ProtocolSetUp
    private var held = ByteBuffer()
    private var isDecided = false

    init(_ setUp: ProtocolSetUp) {
        self.setUp = setUp
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDecided else { return context.fireChannelRead(data) }
        var bytes = unwrapInboundIn(data)
        let isFirst = held.readableBytes == 0
        held.writeBuffer(&bytes)
        if isFirst { setUp.desk.note(at: setUp.desk.now, inFlight: 1) }
        switch ConnectionPreface.verdict(on: held.readableBytesView) {
        case .undecided: setUp.desk.note(at: setUp.desk.now)
        case .http2: decide(context, isHTTP2: true)
        case .other: decide(context, isHTTP2: false)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if !isDecided, held.readableBytes > 0 { decide(context, isHTTP2: false) }
        context.fireChannelInactive()
    }

    private func decide(_ context: ChannelHandlerContext, isHTTP2: Bool) {
        isDecided = true
        // The handlers that are set up now count what they get as in flight themselves.
        defer { setUp.desk.note(at: setUp.desk.now, inFlight: -1) }
        guard setUp.choose(isHTTP2: isHTTP2, context) else { return }
        let bytes = held
        held = ByteBuffer()
        context.fireChannelRead(wrapInboundOut(bytes))
        if context.channel.isActive { context.pipeline.syncOperations.removeHandler(self, promise: nil) }
    }
}
