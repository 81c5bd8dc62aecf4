import DeliveryEvidence
import DeliveryScenarios
import NIOCore
import NIOHPACK
import NIOHTTP2

/// The answering side of one stream of HTTP/2, confined to the event loop of its connection.
final class StreamLine: AnswerLine {
    let stream: HTTP2StreamID
    private let connection: HTTP2Connection
    /// The attempt that is answered; `nil` until one is.
    private(set) var attempt: Int?
    private var performer: AnswerPerformer?
    /// Says that what goes out now belongs to the answer.
    private(set) var hasBegun = false
    /// Says that the receiver resets the stream.
    private(set) var isResetting = false
    private var isHeadSent = false
    private var isEndSent = false
    private var bodySent = 0
    /// Says that the request was read to its end.
    var isRequestComplete = false
    /// Says that nothing more goes out.
    private(set) var isOver = false

    init(_ stream: HTTP2StreamID, connection: HTTP2Connection) {
        self.stream = stream
        self.connection = connection
    }

    var loop: any EventLoop { connection.loop }
    private var recorder: ConnectionRecorder { connection.recorder }

    /// Answers the stream's attempt.
    func answer(_ attempt: Int, by steps: [WireStep], complete: Stamp) {
        self.attempt = attempt
        let performer = AnswerPerformer(
            attempt: attempt,
            steps: steps,
            complete: complete,
            line: self,
            timer: connection.timer
        )
        self.performer = performer
        performer.run()
    }

    /// Lets go of the answer.
    func stop() {
        isOver = true
        performer?.stop()
        performer = nil
    }

    func begin(_ attempt: Int, status: Int, statusLineLength: Int) {
        hasBegun = true
        recorder.answers(attempt, status: status, statusLineLength: statusLineLength)
    }

    func send(_ bytes: [UInt8], for attempt: Int, then: @escaping (Bool) -> Void) {
        send(bytes, endsStream: false, then: then)
    }

    func sendLast(_ bytes: [UInt8], for attempt: Int, keepsConnection: Bool, then: @escaping (Bool) -> Void) {
        // Ended in the same turn of the event loop, before a client could do anything about it.
        send(bytes, endsStream: true) { [self] isSent in
            if isSent { finished(attempt, keepsConnection: keepsConnection) }
            then(isSent)
        }
    }

    private func send(_ bytes: [UInt8], endsStream: Bool, then: @escaping (Bool) -> Void) {
        var buffer = connection.allocator.buffer(capacity: bytes.count)
        buffer.writeBytes(bytes)
        let data = HTTP2Frame.FramePayload.Data(data: .byteBuffer(buffer), endStream: endsStream)
        connection.write(.data(data), on: stream) { [self] isSent in
            if isSent {
                bodySent += bytes.count
                isEndSent = isEndSent || endsStream
            }
            then(isSent)
        }
    }

    func send(_ part: StreamPart, for attempt: Int, then: @escaping (Bool) -> Void) {
        switch part {
        case .interim(let headers):
            connection.write(headers.frame(endsStream: false), on: stream, then: then)
        case .head(let headers, let endsStream, let isFollowed):
            connection.write(headers.frame(endsStream: endsStream), on: stream, flushes: !isFollowed) { [self] isSent in
                if isSent {
                    isHeadSent = true
                    isEndSent = endsStream
                }
                then(isSent)
            }
        case .tail(let bytes, let endsStream, let isFollowed):
            sendTail(bytes, endsStream: endsStream, isFollowed: isFollowed, for: attempt, then: then)
        case .faultyEnd(let bytes, let note, let keepsConnection):
            send(bytes, endsStream: true) { [self] isSent in
                if isSent {
                    connection.line.receipt(note, attempt, kernel: [], wire: "the answer ends \(place)")
                    finished(attempt, keepsConnection: keepsConnection)
                }
                then(isSent)
            }
        case .garbage(let bytes):
            connection.fallSilent(but: self)
            connection.line.send(bytes, for: attempt, then: then)
        }
    }

    private func sendTail(
        _ bytes: [UInt8],
        endsStream: Bool,
        isFollowed: Bool,
        for attempt: Int,
        then: @escaping (Bool) -> Void
    ) {
        let before = connection.written
        var isHeld = false
        if isFollowed { connection.hold() }
        send(bytes, endsStream: endsStream) { [self] isSent in
            if isSent, endsStream { recorder.answered(attempt) }
            if !isHeld { then(isSent) }
        }
        // What the client's windows do not take yet cannot go out with what follows, and is waited for.
        isHeld = isFollowed && connection.written - before >= FrameSpotter.headerLength + bytes.count
        if isHeld { then(true) } else { connection.release() }
    }

    /// Interim answers of HTTP/2 are frames, and go out as such.
    func sendInterim(_ bytes: [UInt8]) {}

    func finish(_ attempt: Int, keepsConnection: Bool) {
        guard !isEndSent else { return finished(attempt, keepsConnection: keepsConnection) }
        send([], endsStream: true) { [self] isSent in
            if isSent { finished(attempt, keepsConnection: keepsConnection) }
        }
    }

    private func finished(_ attempt: Int, keepsConnection: Bool) {
        guard !isOver else { return }
        recorder.answered(attempt)
        recorder.ended(attempt)
        if !keepsConnection { connection.goAway() }
        over()
    }

    private func over() {
        stop()
        connection.isOver(stream)
    }

    func act(_ act: WireStep.Act, _ note: WireStep.FaultNote, for attempt: Int) {
        switch act {
        case .resetStream(let code): resetStream(HTTP2Code(number: code), note, attempt)
        case .goAway(let code): goAway(HTTP2Code(number: code), note, attempt)
        case .endStream: endStream(note, attempt)
        case .hang:
            connection.release()
            connection.line.receipt(note, attempt, kernel: [], wire: "nothing more \(place); the stream stays open")
        case .nothing:
            connection.release()
            connection.line.receipt(note, attempt, kernel: [], wire: "the answer goes on \(place)")
        case .reset, .close, .halfClose, .cutShort:
            // What happens to the connection happens beneath HTTP/2, and to its other streams as well.
            connection.release()
            connection.fallSilent()
            var note = note
            note.says = note.says.map { "\($0), \(place)" } ?? place
            connection.line.act(act, note, for: attempt)
        }
    }

    private func resetStream(_ code: HTTP2Code, _ note: WireStep.FaultNote, _ attempt: Int) {
        isResetting = true
        connection.write(.rstStream(HTTP2ErrorCode(networkCode: Int(code.number))), on: stream) { [self] isSent in
            guard isSent else { return }
            let wire = "RST_STREAM \(code) \(place)"
            connection.line.receipt(note, attempt, kernel: ["a RST_STREAM frame was taken"], wire: wire)
            recorder.ended(attempt, closing: Closing(by: .receiver, how: .reset, at: recorder.desk.now))
            over()
        }
        connection.release()
    }

    /// Ends the stream in order although its answer declares more.
    private func endStream(_ note: WireStep.FaultNote, _ attempt: Int) {
        send([], endsStream: true) { [self] isSent in
            guard isSent else { return }
            let wire = "END_STREAM \(place), before the declared length"
            connection.line.receipt(note, attempt, kernel: ["a DATA frame was taken"], wire: wire)
            recorder.ended(attempt, closing: Closing(by: .receiver, how: .fin, at: recorder.desk.now))
            over()
        }
    }

    /// Sends GOAWAY and then FIN.
    ///
    /// A request that was read to its end may have been acted upon, and GOAWAY names its stream as the last. One that
    /// was not counts as not processed, and GOAWAY names the stream before (RFC 9113 section 6.8).
    private func goAway(_ code: HTTP2Code, _ note: WireStep.FaultNote, _ attempt: Int) {
        let number = Int(stream)
        let last = isRequestComplete ? number : max(0, number - 2)
        connection.fallSilent()
        connection.line.send(GoAwayFrame(code: code, lastStream: last).bytes, for: attempt) { [self] isSent in
            guard isSent else { return }
            let wire = "GOAWAY \(code), last stream \(last), \(place), then FIN"
            let kernel = ["a GOAWAY frame was taken", "shutdown(2) of the writing side"]
            connection.line.receipt(note, attempt, kernel: kernel, wire: wire)
            connection.line.close(attempt)
        }
        connection.release()
    }

    /// How far the answer went, in words.
    private var place: String {
        let point = isHeadSent ? "after the head" : "before an answer"
        return "\(bodySent > 0 ? "after \(bodySent) bytes of the body" : point) of stream \(Int(stream))"
    }
}

extension [ReplyHeader] {
    fileprivate func frame(endsStream: Bool) -> HTTP2Frame.FramePayload {
        let headers = HPACKHeaders(map { ($0.name, $0.value) })
        return .headers(HTTP2Frame.FramePayload.Headers(headers: headers, endStream: endsStream))
    }
}
