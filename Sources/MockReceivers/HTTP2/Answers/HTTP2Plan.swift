import DeliveryScenarios

/// Works out what goes on a stream of HTTP/2 for a reply: a pure function of the reply and the request.
struct HTTP2Plan {
    /// How much of an answer is kept for its last write; no more than every client's window takes at first.
    private static let tail = 1024

    let request: AnswerPlan.Request

    /// The steps of a reply.
    ///
    /// - Throws: `Impossible` when HTTP/2 has no such thing, or this request cannot be answered so.
    func steps(for reply: Reply) throws(AnswerPlan.Impossible) -> [WireStep] {
        switch reply {
        case .respond(let response): try respond(response)
        case .fault(let fault): try produce(fault, asked: reply.summary)
        }
    }

    private func respond(_ response: Response) throws(AnswerPlan.Impossible) -> [WireStep] {
        let answer = StreamAnswer(response, to: request.method)
        let isLast = !request.keepsConnection || answer.closesConnection
        return try before(response) + sending(answer, response) + [.finish(keepsConnection: !isLast)]
    }

    /// The waits and interim answers in front of an answer.
    private func before(_ response: Response) throws(AnswerPlan.Impossible) -> [WireStep] {
        guard response.holdHeaders == .zero, response.drip?.part != .head else {
            throw AnswerPlan.Impossible(
                reason: "HTTP/2 has no status line and sends the head of an answer in one piece. Hold or drip the body,"
                    + " or let the answer come `after` some time"
            )
        }
        var steps: [WireStep] = []
        for interim in response.interim {
            if interim.after > .zero { steps.append(.wait(interim.after)) }
            steps.append(.stream(.interim(StreamAnswer.headers(of: interim))))
        }
        if response.after > .zero { steps.append(.waitFromRequest(response.after)) }
        return steps
    }

    private func head(_ answer: StreamAnswer, endsStream: Bool = false, isFollowed: Bool = false) -> [WireStep] {
        // Of the frames of an answer the first byte that is out has its status behind it.
        [
            .begin(status: answer.status, statusLineLength: 1),
            .stream(.head(answer.headers, endsStream: endsStream, isFollowed: isFollowed)),
        ]
    }

    /// A whole answer with its hold and drip; the end of the stream comes with `finish`.
    private func sending(_ answer: StreamAnswer, _ response: Response) -> [WireStep] {
        guard answer.body.count > 0 else { return head(answer, endsStream: true) }
        var steps = head(answer, isFollowed: response.holdBody == .zero)
        if response.holdBody > .zero { steps.append(.wait(response.holdBody)) }
        if let drip = response.drip, case .bytes(let bytes) = answer.body {
            steps.append(.drip(bytes, by: max(1, drip.bytes), every: drip.every))
        } else {
            steps += body(answer, until: answer.body.count)
        }
        return steps
    }

    private func body(_ answer: StreamAnswer, until end: Int) -> [WireStep] {
        guard end > 0 else { return [] }
        guard case .bytes = answer.body else { return [.sendBody(answer.body, 0..<end)] }
        return [.send(answer.body.bytes(0..<end))]
    }

    /// The answer up to one of its points.
    ///
    /// - Parameters:
    ///   - ends: whether the stream is ended with an answer that is complete at its point.
    ///   - isFollowed: whether the fault comes at once.
    private func part(
        of answer: StreamAnswer,
        until point: Fault.Point,
        ends: Bool,
        isFollowed: Bool = false
    ) throws(AnswerPlan.Impossible) -> [WireStep] {
        guard point.isInAnswer else { return [] }
        switch point {
        case .statusLine, .header, .insideHeader, .answer:
            throw AnswerPlan.Impossible(
                reason: "over HTTP/2 there is no such point as \"\(point.text)\": the head of an answer is one block."
                    + " Use `before body`, a point of the body, or HTTP/1.1"
            )
        default: break
        }
        guard let end = answer.bodyOffset(of: point) else {
            throw AnswerPlan.Impossible(
                reason: "the answer's body ends before that point. Give it a longer body, or choose another point"
            )
        }
        guard point == .end else { return head(answer, isFollowed: end > 0) + body(answer, until: end) }
        guard end > 0 else { return head(answer, endsStream: ends, isFollowed: isFollowed) }
        let start = max(0, end - Self.tail)
        let tail = WireStep.stream(.tail(answer.body.bytes(start..<end), endsStream: ends, isFollowed: isFollowed))
        return head(answer, isFollowed: true) + body(answer, until: start) + [tail]
    }

    private func produce(_ fault: Fault, asked: String) throws(AnswerPlan.Impossible) -> [WireStep] {
        let note = WireStep.FaultNote(asked: asked)
        switch fault.kind {
        case .reset: return try ending(fault, .reset, note)
        case .close: return try ending(fault, .close, note)
        case .halfClose: return try ending(fault, .halfClose, note)
        case .hang, .ambiguousAck: return try ending(fault, .hang, note)
        case .tlsTruncation:
            guard request.isSecure else { throw AnswerPlan.withoutTLS }
            return try ending(fault, .cutShort, note)
        case .goAway: return try ending(fault, .goAway(fault.code), note)
        // A stream that is ended in order cannot be reset any more, so that this one is not.
        case .resetStream: return try ending(fault, .resetStream(fault.code), note, ends: false)
        case .truncate: return try ending(fault, .endStream, note, ends: false)
        case .lostAck:
            let note = WireStep.FaultNote(asked: asked, says: "none of the \(fault.answer.status) that was ready")
            return try before(fault.answer) + pause(fault) + [.act(.reset, note)]
        case .garbage:
            let note = WireStep.FaultNote(asked: asked, says: "\(max(1, fault.bytes)) bytes that are no frame")
            return try ending(fault, .close, note, but: [.stream(.garbage(Garbage.bytes(fault.bytes)))])
        case .endless: return try endless(fault, note)
        case .wrongLength: return try wrongLength(fault, note)
        case .slowRead:
            let answer = try respond(fault.answer)
            return answer.dropLast() + [.act(.nothing, note)] + answer.suffix(1)
        case .malformedChunk:
            throw AnswerPlan.Impossible(reason: "HTTP/2 has no chunks. Use `garbage` or `truncate`, or HTTP/1.1")
        case .refuse, .blackhole, .expired, .notYetValid, .selfSigned, .unknownAuthority, .wrongHost, .oldVersion,
            .handshakeStall, .handshakeAbort:
            throw AnswerPlan.Impossible(
                reason: "it happens to connections and not to single requests. Make it a turn of the script itself"
            )
        }
    }

    private func pause(_ fault: Fault) -> [WireStep] {
        guard fault.after > .zero else { return [] }
        return [fault.at.isInAnswer ? .wait(fault.after) : .waitFromRequest(fault.after)]
    }

    private func ending(
        _ fault: Fault,
        _ act: WireStep.Act,
        _ note: WireStep.FaultNote,
        ends: Bool = true,
        but last: [WireStep] = []
    ) throws(AnswerPlan.Impossible) -> [WireStep] {
        let answer = StreamAnswer(fault.answer, to: request.method)
        let before = fault.at.isInAnswer ? try before(fault.answer) : []
        let pause = pause(fault)
        let isFollowed = pause.isEmpty && last.isEmpty
        return try before + part(of: answer, until: fault.at, ends: ends, isFollowed: isFollowed) + pause + last
            + [.act(act, note)]
    }

    private func endless(_ fault: Fault, _ note: WireStep.FaultNote) throws(AnswerPlan.Impossible) -> [WireStep] {
        var note = note
        note.says = "a body without end"
        let answer = StreamAnswer(fault.answer, to: request.method, length: .none)
        let portion = [UInt8](repeating: UInt8(ascii: "x"), count: max(1, fault.bytes))
        return try before(fault.answer) + part(of: answer, until: fault.at, ends: false) + pause(fault)
            + [.act(.nothing, note), .endless(portion, every: fault.every)]
    }

    private func wrongLength(_ fault: Fault, _ note: WireStep.FaultNote) throws(AnswerPlan.Impossible) -> [WireStep] {
        let length = AnswerBody(fault.answer).count
        let declared = fault.bytes < 0 ? length - fault.bytes : length
        let answer = StreamAnswer(fault.answer, to: request.method, length: .wrong(declared))
        let surplus = [UInt8](repeating: UInt8(ascii: "x"), count: max(0, fault.bytes))
        var note = note
        note.says =
            fault.bytes < 0
            ? "END_STREAM comes \(-fault.bytes) bytes before the declared length"
            : "\(fault.bytes) bytes more than declared"
        let pause = pause(fault)
        let start = pause.isEmpty ? max(0, answer.body.count - Self.tail) : answer.body.count
        let end = answer.body.bytes(start..<answer.body.count) + surplus
        return try before(fault.answer) + head(answer, isFollowed: pause.isEmpty) + body(answer, until: start) + pause
            + [.stream(.faultyEnd(end, note, keepsConnection: request.keepsConnection))]
    }
}
