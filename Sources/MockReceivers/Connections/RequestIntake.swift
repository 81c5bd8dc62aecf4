import DeliveryEvidence
import DeliveryScenarios
import NIOCore
import NIOHTTP1

/// Makes requests of what the cutter and the decoder see, has the script advance for them and has them answered.
///
/// Confined to the connection's event loop; the two handlers on either side of the decoder share it.
final class RequestIntake {
    /// What the next bytes are.
    enum Stage: Equatable {
        case head
        case body(BodyFraming)
        /// Nothing that still comes is looked at.
        case over
    }

    /// How the end of a body is found.
    enum BodyFraming: Equatable {
        /// At the end of some line; the decoder knows of which.
        case lines
        /// After so many further bytes.
        case length(Int)
    }

    let recorder: ConnectionRecorder
    let line: ConnectionLine
    var stage = Stage.head
    private var request: RequestInProgress?
    /// A client that keeps its connection asks for the same again and again.
    private var lastPlan: (request: AnswerPlan.Request, reply: Reply, steps: [WireStep])?

    private var desk: EndpointDesk { recorder.desk }
    var limits: RequestLimits { desk.limits }

    init(recorder: ConnectionRecorder, line: ConnectionLine) {
        self.recorder = recorder
        self.line = line
    }

    /// Notes the first byte of a request; a no-op on the further ones.
    func headBegins() {
        guard request == nil else { return }
        let now = desk.now
        request = RequestInProgress(firstByte: now)
        desk.note(at: now, inFlight: 1)
    }

    /// Takes the bytes of a whole head, which the decoder gets next.
    func headEnds(_ bytes: [UInt8]) {
        request?.headBytes = bytes
        request?.headEnd = desk.now
        stage = .body(.lines)
    }

    func headTooLarge(_ bytes: [UInt8]) {
        request?.headBytes = bytes
        giveUp("the head is larger than \(limits.head) bytes")
    }

    /// Takes a head the decoder has read.
    ///
    /// The script advances here when the head already says which delivery this is. What happens at the head happens now.
    func headDecoded(_ head: HTTPRequestHead) {
        guard stage != .over, request != nil else { return }
        request?.head = head
        request?.headers = head.headers.map { HeaderLine(name: $0.name, value: $0.value) }
        guard let current = request else { return }
        stage = .body(current.bodyFraming)
        if let choice = RequestClaim(desk: desk).early(current) { claim(choice) }
        let reply = request?.claim?.turn.reply ?? desk.script.summary.onlyReply
        if let reply, reply.beginsAtHead {
            if request?.claim == nil { claim(RequestClaim(desk: desk).final(current)) }
            beginAtHead(reply)
        } else if current.expectsContinue {
            line.sendInterim(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
        }
    }

    /// Does at once what a reply does before the body is read.
    private func beginAtHead(_ reply: Reply) {
        request?.claim?.isAtHead = true
        if let pace = reply.slowRead { line.readSlowly(pace) }
        switch reply {
        case .respond(let response): if response.early { underWay() }
        case .fault(let fault) where fault.at == .head && fault.kind != .slowRead:
            stage = .over
            if fault.kind == .hang { line.stopReading() }
            arrive()
        case .fault: break
        }
    }

    /// Begins the answer of a request whose body is still to come.
    private func underWay() {
        guard let current = request, let claim = current.claim else { return }
        request?.claim?.isUnderWay = true
        recorder.claimed(claim.attempt, asked: claim.turn.reply.summary, made: claim.turn.made)
        line.answer(claim.attempt, by: steps(for: current, claim), complete: current.headEnd ?? desk.now)
    }

    func bodyDecoded(_ part: ByteBuffer) {
        guard stage != .over else { return }
        // The usual body comes in one piece, which needs no copy.
        if request?.body.readableBytes == 0 { request?.body = part } else { request?.body.writeImmutableBuffer(part) }
        guard let size = request?.body.readableBytes else { return }
        if size > limits.body { return giveUp("the body is larger than \(limits.body) bytes") }
        guard case .fault(let fault)? = request?.claim?.turn.reply, case .requestBody(let count) = fault.at,
            size >= count
        else { return }
        stage = .over
        if fault.kind == .hang { line.stopReading() }
        arrive()
    }

    func endDecoded() {
        guard stage != .over else { return }
        request?.bodyEnd = desk.now
        stage = .head
        arrive()
    }

    /// Takes what the decoder has against the request.
    func decodingFailed(_ reason: String) {
        guard stage != .over else { return }
        giveUp("not a well-formed HTTP/1.1 request: \(reason)")
    }

    /// Records a request that was cut short by the end of the connection.
    func connectionEnded(partialHead: [UInt8]) {
        defer { stage = .over }
        guard stage != .over, let current = request else { return }
        if current.headBytes.isEmpty {
            request?.headBytes = partialHead
            arrive(malformed: "the connection ended inside the head of the request")
        } else {
            arrive()
        }
    }

    private func giveUp(_ reason: String) {
        stage = .over
        arrive(malformed: reason)
    }

    private func claim(_ choice: RequestClaim.Choice) {
        request?.claim = RequestClaim(desk: desk).taken(choice)
    }

    private func arrive(malformed: String? = nil) {
        if let current = request, current.claim == nil { claim(RequestClaim(desk: desk).final(current)) }
        guard let arrived = request, let claim = arrived.claim else { return }
        request = nil
        let record = arrived.record(
            claim,
            connection: recorder.connection,
            endpoint: desk.endpoint,
            now: desk.now,
            malformed: malformed
        )
        if !claim.isUnderWay {
            recorder.claimed(claim.attempt, asked: claim.turn.reply.summary, made: claim.turn.made)
        }
        recorder.arrived(record, at: claim.at)
        if claim.isUnderWay { line.requestArrived() }
        if desk.sink.isBehind, stage == .head { line.waitForEvidence() }
        guard !claim.isUnderWay else { return }
        let steps = malformed == nil ? steps(for: arrived, claim) : Self.close(claim.turn.reply)
        line.answer(claim.attempt, by: steps, complete: arrived.bodyEnd ?? record.headEnd)
    }

    /// What is done about a request that cannot be answered as the script says.
    private static func close(_ reply: Reply) -> [WireStep] {
        [.act(.close, WireStep.FaultNote(asked: reply.summary, says: "instead of what was asked"))]
    }

    private func steps(for request: RequestInProgress, _ claim: RequestInProgress.Claim) -> [WireStep] {
        let reply = claim.turn.reply
        do throws(AnswerPlan.Impossible) {
            try request.checkMoment(of: reply)
            let wantsMore = request.head?.isKeepAlive ?? false
            let asked = AnswerPlan.Request(
                method: request.head?.method.rawValue ?? "",
                keepsConnection: wantsMore && !claim.turn.isFollowedByConnectionFault,
                announcesEnd: wantsMore && claim.turn.isFollowedByConnectionFault,
                isSecure: recorder.isSecured
            )
            if let last = lastPlan, last.request == asked, last.reply == reply { return last.steps }
            let steps = try AnswerPlan(request: asked).steps(for: reply)
            lastPlan = (asked, reply, steps)
            return steps
        } catch {
            desk.recordFailure("\"\(reply.summary)\" could not be produced, because \(error.reason)")
            return Self.close(reply)
        }
    }
}
