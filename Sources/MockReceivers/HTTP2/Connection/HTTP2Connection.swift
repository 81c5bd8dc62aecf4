import DeliveryEvidence
import DeliveryScenarios
import NIOCore
import NIOHTTP2

/// Sorts the frames of an HTTP/2 connection by their streams; the end of the pipeline.
final class HTTP2Connection: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    let line: ConnectionLine
    let timer: LoopTimer
    private let tally: FrameTally
    private var context: ChannelHandlerContext?
    private var streams: [HTTP2StreamID: StreamRequest] = [:]
    private var highest: HTTP2StreamID = .rootStream
    /// How many GOAWAY frames the receiver itself has sent through the frame encoder.
    private var ownGoAways = 0
    /// Says that the connection ends as soon as its streams have.
    private var isLeaving = false
    /// Says that no frame goes out any more.
    private var isSilent = false

    init(_ line: ConnectionLine, tally: FrameTally) {
        self.line = line
        self.tally = tally
        timer = line.recorder.desk.timer
    }

    var recorder: ConnectionRecorder { line.recorder }
    var loop: any EventLoop { line.loop }
    var allocator: ByteBufferAllocator { line.channel.allocator }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        tally.taken = { [unowned self] in taken($0) }
        grant(HTTP2Limits.connectionWindow - 65_535, on: .rootStream)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        tally.taken = nil
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isSilent else { return }
        let frame = unwrapInboundIn(data)
        let stream = frame.streamID
        switch frame.payload {
        case .headers(let block):
            if let known = streams[stream] {
                if block.endStream { known.end() }
            } else {
                open(stream, block)
            }
        case .data(let part):
            guard case .byteBuffer(let bytes) = part.data else { return }
            streams[stream]?.take(bytes, endsStream: part.endStream)
        case .rstStream:
            guard let ended = streams.removeValue(forKey: stream) else { return }
            ended.resetByClient()
            leaveIfDone()
        default: break
        }
    }

    private func open(_ stream: HTTP2StreamID, _ block: HTTP2Frame.FramePayload.Headers) {
        highest = max(highest, stream)
        let firstByte = tally.frameBegan ?? recorder.desk.now
        let request = StreamRequest(stream, connection: self, firstByte: firstByte)
        streams[stream] = request
        request.begin(block.headers, endsStream: block.endStream)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let event as NIOHTTP2WindowUpdatedEvent where event.streamID == .rootStream:
            guard let size = event.inboundWindowSize, size < HTTP2Limits.connectionWindow / 2 else { break }
            grant(HTTP2Limits.connectionWindow - size, on: .rootStream)
        case let event as NIOHTTP2WindowUpdatedEvent:
            if let size = event.inboundWindowSize { streams[event.streamID]?.windowBecomes(size) }
        case let event as NIOHTTP2StreamCreatedEvent:
            // The library says so right after the stream's headers.
            if let size = event.remoteInitialWindowSize { streams[event.streamID]?.windowBecomes(Int(size)) }
        case let event as NIOHTTP2BulkStreamWindowChangeEvent:
            for request in streams.values { request.windowMoves(by: event.delta) }
        case let event as StreamClosedEvent:
            if let reason = event.reason { closed(event.streamID, reason) }
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// Takes the end of a stream that is neither in order nor the client's or the script's doing.
    private func closed(_ stream: HTTP2StreamID, _ reason: HTTP2ErrorCode) {
        guard let request = streams[stream], !request.line.isResetting else { return }
        streams[stream] = nil
        if tally.outbound.goAways > ownGoAways {
            request.drop()
        } else {
            request.broken(by: HTTP2Code(number: UInt32(clamping: reason.networkCode)))
        }
    }

    /// What the library has against the connection; it has said so to the client by GOAWAY, and looks at nothing more.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isSilent, tally.outbound.goAways > ownGoAways else { return }
        let reason = "\(HTTP2Complaint.text(error)); answered by GOAWAY \(tally.outbound.goAwayCode)"
        let attempt = recordUnread(reason)
        fallSilent()
        let note = WireStep.FaultNote(asked: attempt.asked, says: "instead of what was asked")
        line.act(.close, note, for: attempt.number)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if tally.inbound.isInHead, !isSilent { _ = recordUnread("the connection ended inside the head of the request") }
        isSilent = true
        for request in streams.values.sorted(by: { $0.stream < $1.stream }) { request.drop() }
        streams = [:]
        context.fireChannelInactive()
    }

    /// Records a request of which nothing could be read.
    private func recordUnread(_ reason: String) -> (number: Int, asked: String) {
        let desk = recorder.desk
        var request = RequestInProgress(firstByte: tally.frameBegan ?? desk.now)
        desk.note(at: desk.now, inFlight: 1)
        let claim = RequestClaim(desk: desk).taken(RequestClaim(desk: desk).final(request))
        request.claim = claim
        var record = request.record(
            claim,
            connection: recorder.connection,
            endpoint: desk.endpoint,
            now: desk.now,
            malformed: reason
        )
        record.version = "HTTP/2"
        if let kind = tally.inbound.kind, FrameSpotter.Kind.ofHead.contains(kind) {
            record.stream = tally.inbound.stream
        }
        let asked = claim.turn.reply.summary
        recorder.claimed(claim.attempt, asked: asked)
        recorder.arrived(record, at: claim.at)
        return (claim.attempt, asked)
    }

    /// Sends a frame.
    ///
    /// - Parameters:
    ///   - flushes: whether it goes out now; otherwise with the next one.
    ///   - then: called once the kernel has taken it, with false when it never will; at once for one that waits.
    func write(
        _ payload: HTTP2Frame.FramePayload,
        on stream: HTTP2StreamID,
        flushes: Bool = true,
        then: @escaping (Bool) -> Void
    ) {
        guard let context, !isSilent else { return then(false) }
        let frame = wrapOutboundOut(HTTP2Frame(streamID: stream, payload: payload))
        guard flushes else {
            context.write(frame, promise: nil)
            return then(true)
        }
        let written = loop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { result in
            if case .success = result { then(true) } else { then(false) }
        }
        context.writeAndFlush(frame, promise: written)
    }

    /// How many bytes of frames were written, whether they are out or not.
    var written: Int { tally.written }

    /// Keeps back what is written from now on, so that it goes out with what follows.
    func hold() { tally.hold() }

    /// Lets out what was kept back.
    func release() { tally.release() }

    /// Lets the client send so many more bytes.
    func grant(_ count: Int, on stream: HTTP2StreamID) {
        write(.windowUpdate(windowSizeIncrement: count), on: stream) { _ in }
    }

    private func taken(_ share: FrameSpotter.Share) {
        let line = FrameSpotter.Kind.ofMessage.contains(share.kind) ? streams[HTTP2StreamID(share.stream)]?.line : nil
        recorder.sent(share.count, for: line?.hasBegun == true ? line?.attempt : nil)
    }

    /// Sends and looks at nothing more, so that what happens beneath HTTP/2 is the last there is.
    ///
    /// - Parameter line: whose answer goes on all the same.
    func fallSilent(but line: StreamLine? = nil) {
        isSilent = true
        tally.isDeaf = true
        for request in streams.values where request.line !== line { request.line.stop() }
    }

    /// Tells the client to take another connection for further requests; this one ends with its last stream.
    func goAway() {
        guard !isLeaving else { return }
        isLeaving = true
        ownGoAways += 1
        write(.goAway(lastStreamID: highest, errorCode: .noError, opaqueData: nil), on: .rootStream) { _ in }
    }

    /// Forgets a stream once both of its sides are over.
    func isOver(_ stream: HTTP2StreamID) {
        guard let request = streams[stream], request.isOver, request.line.isOver else { return }
        streams[stream] = nil
        leaveIfDone()
    }

    private func leaveIfDone() {
        guard isLeaving, !isSilent, streams.isEmpty else { return }
        fallSilent()
        line.close(nil)
    }
}
