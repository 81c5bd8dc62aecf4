import NIOCore

/// Cuts the incoming plain text so that the HTTP decoder gets one head, one piece of a body, at a time.
///
/// The decoder does not say which bytes it has made a head of. Fed in these portions it need not: what was fed is the head.
/// A chunked body can only end at a line's end, so it is fed line by line; every other body has a length.
final class RequestCutter: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let intake: RequestIntake
    private var pending = ByteBuffer()
    /// How many bytes of `pending` are known not to end a head.
    private var searched = 0

    init(_ intake: RequestIntake) {
        self.intake = intake
    }

    func handlerAdded(context: ChannelHandlerContext) {
        intake.line.writer = context
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        intake.recorder.received(bytes.readableBytes)
        if pending.readableBytes == 0 { pending = bytes } else { pending.writeBuffer(&bytes) }
        while pending.readableBytes > 0, let portion = nextPortion() {
            context.fireChannelRead(wrapInboundOut(portion))
        }
        if pending.readableBytes == 0 { pending = ByteBuffer() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        intake.connectionEnded(partialHead: Array(pending.readableBytesView))
        pending = ByteBuffer()
        context.fireChannelInactive()
    }

    private func nextPortion() -> ByteBuffer? {
        switch intake.stage {
        case .head:
            return nextHead()
        case .body(.lines):
            let line = pending.readableBytesView.firstIndex(of: UInt8(ascii: "\n"))
            let length = line.map { $0 - pending.readerIndex + 1 } ?? pending.readableBytes
            return pending.readSlice(length: length)
        case .body(.length(let remaining)):
            let length = min(remaining, pending.readableBytes)
            intake.stage = .body(.length(remaining - length))
            return pending.readSlice(length: length)
        case .over:
            pending.clear()
            return nil
        }
    }

    private func nextHead() -> ByteBuffer? {
        // Line ends before a request belong to no request (RFC 9112 section 2.2).
        while let byte = pending.getInteger(at: pending.readerIndex, as: UInt8.self), byte == 10 || byte == 13 {
            guard searched == 0 else { break }
            pending.moveReaderIndex(forwardBy: 1)
        }
        guard pending.readableBytes > 0 else { return nil }
        intake.headBegins()
        guard let length = headLength() else {
            if pending.readableBytes > intake.limits.head {
                intake.headTooLarge(Array(pending.readableBytesView.prefix(intake.limits.head)))
            }
            return nil
        }
        searched = 0
        guard length <= intake.limits.head, let head = pending.readSlice(length: length) else {
            intake.headTooLarge(Array(pending.readableBytesView.prefix(intake.limits.head)))
            return nil
        }
        intake.headEnds(Array(head.readableBytesView))
        return head
    }

    /// The length of the head with its blank line; whether bare line feeds are in order is the decoder's business.
    private func headLength() -> Int? {
        let view = pending.readableBytesView
        var index = view.startIndex + searched
        while let end = view[index...].firstIndex(of: UInt8(ascii: "\n")) {
            let rest = view[view.index(after: end)...].prefix(2)
            if rest.first == UInt8(ascii: "\n") { return end + 2 - view.startIndex }
            if rest.elementsEqual([UInt8(ascii: "\r"), UInt8(ascii: "\n")]) { return end + 3 - view.startIndex }
            if rest.count < 2 {
                searched = end - view.startIndex
                return nil
            }
            index = view.index(after: end)
        }
        searched = view.count
        return nil
    }
}
