import DeliveryEvidence
import DeliveryScenarios

/// Works out what goes on the wire for a reply: a pure function of the reply and the request.
struct AnswerPlan {
    /// What of the request matters.
    struct Request: Equatable {
        let method: String
        /// Says that the client lets the connection be used for a further request, and that the script wants no new one.
        let keepsConnection: Bool
        /// Says that the answer must tell a client which would keep the connection that it is not kept.
        var announcesEnd = false
        /// Says that it came over TLS.
        var isSecure = false
    }

    /// Why a reply cannot be produced.
    struct Impossible: Error, Equatable {
        /// To follow "could not be produced, because", with the way out as a second sentence.
        let reason: String
    }

    static let withoutTLS = Impossible(
        reason: "the connection has no TLS. Give the endpoint `scheme: https`, or use `truncate`"
    )

    let request: Request

    /// The steps of a reply.
    ///
    /// - Throws: `Impossible` when this request cannot be answered so.
    func steps(for reply: Reply) throws(Impossible) -> [WireStep] {
        switch reply {
        case .respond(let response): respond(response)
        case .fault(let fault): try produce(fault, asked: reply.summary)
        }
    }

    private func respond(_ response: Response) -> [WireStep] {
        let answer = AnswerBytes(response, to: request.method, isLast: request.announcesEnd)
        return before(response) + opening(answer) + sending(answer, response)
            + [.finish(keepsConnection: request.keepsConnection && !answer.closesConnection)]
    }

    /// The waits and interim answers in front of an answer.
    private func before(_ response: Response) -> [WireStep] {
        var steps: [WireStep] = []
        for interim in response.interim {
            if interim.after > .zero { steps.append(.wait(interim.after)) }
            var head = "HTTP/1.1 \(interim.status) \(ReasonPhrase.of(interim.status))\r\n"
            for header in interim.headers { head += "\(header.name): \(header.value)\r\n" }
            steps.append(.interim(Array("\(head)\r\n".utf8)))
        }
        if response.after > .zero { steps.append(.waitFromRequest(response.after)) }
        return steps
    }

    private func opening(_ answer: AnswerBytes) -> [WireStep] {
        [.begin(status: answer.status, statusLineLength: answer.statusLineLength)]
    }

    /// A whole answer with its holds and drips.
    private func sending(_ answer: AnswerBytes, _ response: Response) -> [WireStep] {
        var steps: [WireStep] = []
        if let drip = response.drip, drip.part == .head {
            steps.append(.drip(answer.head, by: max(1, drip.bytes), every: drip.every))
        } else if response.holdHeaders > .zero {
            steps.append(.send(Array(answer.head[..<answer.statusLineLength])))
            steps.append(.wait(response.holdHeaders))
            steps.append(.send(Array(answer.head[answer.statusLineLength...])))
        } else if response.holdBody == .zero, response.drip == nil, case .bytes(let body) = answer.body {
            return [.send(answer.head + body)]
        } else {
            steps.append(.send(answer.head))
        }
        guard answer.body.count > 0 else { return steps }
        if response.holdBody > .zero { steps.append(.wait(response.holdBody)) }
        if let drip = response.drip, drip.part == .body, case .bytes(let body) = answer.body {
            steps.append(.drip(body, by: max(1, drip.bytes), every: drip.every))
        } else {
            steps += body(answer, 0..<answer.body.count)
        }
        return steps
    }

    private func body(_ answer: AnswerBytes, _ range: Range<Int>) -> [WireStep] {
        guard !range.isEmpty else { return [] }
        guard case .bytes = answer.body else { return [.sendBody(answer.body, range)] }
        return [.send(answer.body.bytes(range))]
    }

    /// The answer up to one of its points.
    private func part(of answer: AnswerBytes, until point: Fault.Point) throws(Impossible) -> [WireStep] {
        guard point.isInAnswer else { return [] }
        guard let end = answer.offset(of: point) else {
            if request.method == "HEAD" {
                throw Impossible(reason: "an answer to HEAD has no body. Let the fault happen after the request")
            }
            throw Impossible(
                reason:
                    "the answer ends before that point. Give it a longer body or more headers, or choose another point"
            )
        }
        guard end > 0 else { return opening(answer) }
        let head = WireStep.send(Array(answer.head.prefix(end)))
        return opening(answer) + [head] + body(answer, 0..<max(0, end - answer.head.count))
    }

    private func produce(_ fault: Fault, asked: String) throws(Impossible) -> [WireStep] {
        let answer = AnswerBytes(fault.answer, to: request.method)
        let note = WireStep.FaultNote(asked: asked)
        switch fault.kind {
        case .reset: return try ending(fault, answer, .reset, note)
        case .close, .truncate: return try ending(fault, answer, .close, note)
        case .halfClose: return try ending(fault, answer, .halfClose, note)
        case .hang: return try ending(fault, answer, .hang, note)
        case .tlsTruncation:
            guard request.isSecure else { throw Self.withoutTLS }
            return try ending(fault, answer, .cutShort, note)
        case .ambiguousAck: return try ending(fault, answer, .hang, note)
        case .lostAck:
            let note = WireStep.FaultNote(asked: asked, says: "none of the \(fault.answer.status) that was ready")
            return before(fault.answer) + pause(fault) + [.act(.reset, note)]
        case .garbage:
            let note = WireStep.FaultNote(asked: asked, says: "\(fault.bytes) bytes that are not HTTP")
            return try before(fault.answer) + part(of: answer, until: fault.at) + pause(fault)
                + [.send(Garbage.bytes(fault.bytes)), .act(.close, note)]
        case .malformedChunk: return try malformedChunk(fault, note)
        case .endless: return try endless(fault, note)
        case .wrongLength: return wrongLength(fault, note)
        case .slowRead:
            return respond(fault.answer).dropLast() + [.act(.nothing, note)] + respond(fault.answer).suffix(1)
        case .goAway, .resetStream:
            throw Impossible(
                reason:
                    "it needs HTTP/2 and this request came over HTTP/1.1. Offer HTTP/2 at the endpoint to a client that"
                    + " speaks it, or use `reset` or `close`"
            )
        case .refuse, .blackhole, .expired, .notYetValid, .selfSigned, .unknownAuthority, .wrongHost, .oldVersion,
            .handshakeStall, .handshakeAbort:
            throw Impossible(
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
        _ answer: AnswerBytes,
        _ act: WireStep.Act,
        _ note: WireStep.FaultNote
    ) throws(Impossible) -> [WireStep] {
        let before = fault.at.isInAnswer ? before(fault.answer) : []
        return try before + part(of: answer, until: fault.at) + pause(fault) + [.act(act, note)]
    }

    private func malformedChunk(_ fault: Fault, _ note: WireStep.FaultNote) throws(Impossible) -> [WireStep] {
        let answer = AnswerBytes(fault.answer, to: request.method, framing: .chunked)
        var bytes = answer.head
        guard let end = answer.offset(of: fault.at) else {
            throw Impossible(reason: "the answer's body ends before that point. Give it a longer body")
        }
        let good = answer.body.bytes(0..<(end - answer.head.count))
        if !good.isEmpty { bytes += Array("\(String(good.count, radix: 16))\r\n".utf8) + good + Array("\r\n".utf8) }
        var note = note
        note.says = "a chunk size that is none"
        return before(fault.answer) + opening(answer)
            + [.send(bytes)] + pause(fault) + [.send(Array("not-a-size\r\nlorem\r\n".utf8)), .act(.close, note)]
    }

    private func endless(_ fault: Fault, _ note: WireStep.FaultNote) throws(Impossible) -> [WireStep] {
        var note = note
        let answer = AnswerBytes(fault.answer, to: request.method, framing: .chunked)
        let filler = String(repeating: "x", count: max(1, fault.bytes))
        if case .header = fault.at {
            note.says = "headers without end"
            let begun = try part(of: answer, until: fault.at)
            let portion = Array("X-Filler: \(filler)\r\n".utf8)
            return before(fault.answer) + begun + pause(fault) + [
                .act(.nothing, note), .endless(portion, every: fault.every),
            ]
        }
        guard let end = answer.offset(of: fault.at) else {
            throw Impossible(reason: "the answer's body ends before that point. Give it a longer body")
        }
        note.says = "a body without end"
        let good = answer.body.bytes(0..<(end - answer.head.count))
        let first = good.isEmpty ? [] : Array("\(String(good.count, radix: 16))\r\n".utf8) + good + Array("\r\n".utf8)
        let portion = Array("\(String(filler.utf8.count, radix: 16))\r\n\(filler)\r\n".utf8)
        return before(fault.answer) + opening(answer) + [.send(answer.head + first)] + pause(fault)
            + [.act(.nothing, note), .endless(portion, every: fault.every)]
    }

    private func wrongLength(_ fault: Fault, _ note: WireStep.FaultNote) -> [WireStep] {
        let length = AnswerBody(fault.answer).count
        let answer = AnswerBytes(
            fault.answer,
            to: request.method,
            framing: .wrongLength(max(0, fault.bytes < 0 ? length - fault.bytes : length))
        )
        var note = note
        let surplus = Array(repeating: UInt8(ascii: "x"), count: max(0, fault.bytes))
        note.says =
            fault.bytes < 0
            ? "\(-fault.bytes) bytes fewer than declared" : "\(fault.bytes) bytes more than declared"
        return before(fault.answer) + opening(answer) + [.send(answer.head)]
            + body(answer, 0..<answer.body.count) + (surplus.isEmpty ? [] : [.send(surplus)]) + pause(fault)
            + [.act(fault.bytes < 0 ? .hang : .nothing, note)]
            + (fault.bytes < 0 ? [] : [.finish(keepsConnection: request.keepsConnection)])
    }
}

/// Bytes that begin no HTTP answer.
enum Garbage {
    /// So many of them, always the same.
    static func bytes(_ count: Int) -> [UInt8] {
        // A line feed early on lets a client see at once that this is no status line.
        (0..<max(1, count)).map { $0 == 15 ? 0x0A : UInt8(truncatingIfNeeded: $0 &* 167 &+ 0x80) }
    }
}
