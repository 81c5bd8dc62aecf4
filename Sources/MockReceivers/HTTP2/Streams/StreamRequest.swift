import DeliveryEvidence
import DeliveryScenarios
import NIOCore
import NIOHPACK
import NIOHTTP1
import NIOHTTP2
import RunClocks

/// The request of one stream of HTTP/2: has the script advance for it and has it answered.
///
/// Confined to the event loop of its connection.
final class StreamRequest {
    let stream: HTTP2StreamID
    let line: StreamLine
    private let connection: HTTP2Connection
    private var request: RequestInProgress
    private var declaredLength: Int?
    private var window = ReceiveWindow(target: HTTP2Limits.streamWindow)
    private var pace: SlowRead?
    private var ticking: LoopTimer.Handle?
    private var attempt: Int?
    /// Says that nothing of the request that still comes is looked at.
    private(set) var isOver = false

    private var desk: EndpointDesk { connection.recorder.desk }
    private var recorder: ConnectionRecorder { connection.recorder }

    init(_ stream: HTTP2StreamID, connection: HTTP2Connection, firstByte: Stamp) {
        self.stream = stream
        self.connection = connection
        line = StreamLine(stream, connection: connection)
        request = RequestInProgress(firstByte: firstByte)
        desk.note(at: firstByte, inFlight: 1)
    }

    /// Takes the header block that begins the stream.
    func begin(_ headers: HPACKHeaders, endsStream: Bool) {
        request.read(headers, at: desk.now)
        if let reason = RequestRules.violation(headers) { return giveUp("not a well-formed HTTP/2 request: \(reason)") }
        declaredLength = headers.first(name: "content-length").flatMap { Int($0) }
        if let choice = RequestClaim(desk: desk).early(request) { claim(choice) }
        let reply = request.claim?.turn.reply ?? desk.script.summary.onlyReply
        pace = reply?.slowRead
        window.policy = pace.map { .portions(max(1, $0.bytes)) } ?? .free
        if let reply, reply.beginsAtHead {
            if request.claim == nil { claim(RequestClaim(desk: desk).final(request)) }
            beginAtHead(reply)
        } else if request.expectsContinue {
            line.send(.interim([ReplyHeader(name: ":status", value: "100")]), for: 0) { _ in }
        }
        if endsStream { end() } else if pace != nil { tick() }
    }

    /// Does at once what a reply does before the body is read.
    private func beginAtHead(_ reply: Reply) {
        request.claim?.isAtHead = true
        switch reply {
        case .respond(let response):
            guard response.early, let claim = request.claim else { return }
            request.claim?.isUnderWay = true
            attempt = claim.attempt
            recorder.claimed(claim.attempt, asked: claim.turn.reply.summary, made: claim.turn.made)
            line.answer(claim.attempt, by: steps(claim), complete: request.headEnd ?? desk.now)
        case .fault(let fault) where fault.at == .head && fault.kind != .slowRead: stopAndArrive()
        case .fault: break
        }
    }

    /// Takes part of the body.
    func take(_ bytes: ByteBuffer, endsStream: Bool) {
        guard !isOver else { return }
        request.body.writeImmutableBuffer(bytes)
        let size = request.body.readableBytes
        if size > desk.limits.body {
            return giveUp("the body is larger than \(desk.limits.body) bytes", code: .enhanceYourCalm)
        }
        if let declaredLength, size > declaredLength {
            return giveUp("the body is longer than the \(declaredLength) bytes of its content-length")
        }
        if case .fault(let fault)? = request.claim?.turn.reply, case .requestBody(let count) = fault.at, size >= count {
            return stopAndArrive()
        }
        if endsStream { end() }
    }

    /// Takes the end of the stream, with or without trailers.
    func end() {
        guard !isOver else { return }
        let size = request.body.readableBytes
        if let declaredLength, size < declaredLength {
            // A client that has its answer need not send the rest.
            guard request.claim?.isUnderWay == true else {
                return giveUp("the body has \(size) of the \(declaredLength) bytes of its content-length")
            }
        } else {
            request.bodyEnd = desk.now
            line.isRequestComplete = true
        }
        isOver = true
        stopReading()
        arrive()
    }

    /// Takes a size of the window as it is on the wire.
    func windowBecomes(_ size: Int) { grant(window.becomes(size)) }

    /// Takes the difference that other settings make to the window.
    func windowMoves(by difference: Int) { grant(window.becomes(window.size + difference)) }

    private func grant(_ count: Int?) {
        guard let count, !isOver else { return }
        connection.grant(count, on: stream)
    }

    private func tick() {
        guard let pace, !isOver else { return }
        let this = NIOLoopBound(self, eventLoop: connection.loop)
        let deadline = connection.timer.clock.now.advanced(by: pace.every)
        ticking = connection.timer.call(at: deadline, on: connection.loop) {
            guard !this.value.isOver else { return }
            this.value.grant(this.value.window.portion())
            this.value.tick()
        }
    }

    private func stopReading() {
        ticking?.cancel()
        ticking = nil
    }

    /// Answers with what there is; the rest of the body is not asked for.
    private func stopAndArrive() {
        isOver = true
        stopReading()
        window.policy = .held
        arrive()
    }

    private func giveUp(_ reason: String, code: HTTP2Code = .protocolError) {
        isOver = true
        stopReading()
        arrive(malformed: reason, code: code)
    }

    /// Records a stream that its client has reset.
    func resetByClient() {
        drop()
        if let attempt {
            recorder.ended(attempt, closing: Closing(by: .dispatcher, how: .reset, at: desk.now))
        }
    }

    /// Records a stream that HTTP/2 itself has ended, because the client broke its rules.
    func broken(by code: HTTP2Code) {
        drop(malformed: "the stream broke the rules of HTTP/2: \(code)")
        if let attempt {
            recorder.ended(attempt, closing: Closing(by: .receiver, how: .reset, at: desk.now))
        }
    }

    /// Records what has come, and lets go of everything; what has not ended does so with the connection.
    func drop(malformed: String? = nil) {
        line.stop()
        stopReading()
        guard !isOver else { return }
        isOver = true
        arrive(malformed: malformed, isAnswered: false)
    }

    private func claim(_ choice: RequestClaim.Choice) {
        request.claim = RequestClaim(desk: desk).taken(choice)
    }

    private func arrive(malformed: String? = nil, code: HTTP2Code = .protocolError, isAnswered: Bool = true) {
        if request.claim == nil { claim(RequestClaim(desk: desk).final(request)) }
        guard let claim = request.claim else { return }
        attempt = claim.attempt
        var record = request.record(
            claim,
            connection: recorder.connection,
            endpoint: desk.endpoint,
            now: desk.now,
            malformed: malformed
        )
        record.version = "HTTP/2"
        record.stream = Int(stream)
        if !claim.isUnderWay {
            recorder.claimed(claim.attempt, asked: claim.turn.reply.summary, made: claim.turn.made)
        }
        recorder.arrived(record, at: claim.at)
        let complete = request.bodyEnd ?? record.headEnd
        let isAnswered = isAnswered && !claim.isUnderWay
        let steps = !isAnswered ? [] : malformed == nil ? steps(claim) : Self.refuse(claim.turn.reply, code)
        // What was kept of a large body is in the evidence now.
        request.body = ByteBuffer()
        guard isAnswered else { return connection.isOver(stream) }
        line.answer(claim.attempt, by: steps, complete: complete)
    }

    /// What is done about a request that cannot be answered as the script says.
    private static func refuse(_ reply: Reply, _ code: HTTP2Code) -> [WireStep] {
        let note = WireStep.FaultNote(asked: reply.summary, says: "instead of what was asked")
        return [.act(.resetStream(code.number), note)]
    }

    private func steps(_ claim: RequestInProgress.Claim) -> [WireStep] {
        let reply = claim.turn.reply
        do throws(AnswerPlan.Impossible) {
            try request.checkMoment(of: reply)
            let plan = HTTP2Plan(
                request: .init(
                    method: request.head?.method.rawValue ?? "",
                    keepsConnection: !claim.turn.isFollowedByConnectionFault,
                    isSecure: recorder.isSecured
                )
            )
            return try plan.steps(for: reply)
        } catch {
            desk.recordFailure("\"\(reply.summary)\" could not be produced, because \(error.reason)")
            return Self.refuse(reply, .internalError)
        }
    }
}

extension RequestInProgress {
    /// Takes the headers of HTTP/2, pseudo-headers included, in the order in which they came.
    fileprivate mutating func read(_ block: HPACKHeaders, at now: Stamp) {
        headEnd = now
        headers = block.map { HeaderLine(name: $0.name, value: $0.value) }
        head = HTTPRequestHead(
            version: HTTPVersion(major: 2, minor: 0),
            method: HTTPMethod(rawValue: block.first(name: ":method") ?? ""),
            uri: block.first(name: ":path") ?? "",
            headers: HTTPHeaders(headers.filter { $0.name.first != ":" }.map { ($0.name, $0.value) })
        )
    }
}
