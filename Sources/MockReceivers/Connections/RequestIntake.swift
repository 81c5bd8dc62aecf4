import DeliveryEvidence
import DeliveryScenarios
import NIOCore
import NIOHTTP1

/// Makes requests of what the cutter and the decoder see, and has the script advance for them.
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
    /// The script advances here when the head already says which delivery this is. With a fault at the head, the request has
    /// then arrived as far as it is going to.
    func headDecoded(_ head: HTTPRequestHead) {
        guard stage != .over, var current = request else { return }
        current.head = head
        request = current
        stage = .body(current.bodyFraming)
        if case .known(let key) = DeliveryKey.inHead(current.headers, sources: desk.script.sources) {
            claim(key)
        }
        let reply = request?.claim?.turn.reply ?? desk.script.onlyReply
        if case .fault(let fault) = reply, fault.at == .head {
            if request?.claim == nil { claim(nil) }
            stage = .over
            if fault.kind == .hang { line.stopReading() }
            arrive()
        } else if current.expectsContinue {
            line.sendInterim("HTTP/1.1 100 Continue\r\n\r\n")
        }
    }

    func bodyDecoded(_ part: ByteBuffer) {
        guard stage != .over else { return }
        request?.body.writeImmutableBuffer(part)
        if let size = request?.body.readableBytes, size > limits.body {
            giveUp("the body is larger than \(limits.body) bytes")
        }
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

    private func claim(_ key: String?) {
        let turn = desk.script.advance(key)
        request?.claim = .init(attempt: desk.numbers.nextAttempt(), key: key, turn: turn, at: desk.now)
        if turn.overflowed {
            desk.recordFailure(
                "more than \(ScriptProgress.capacity) deliveries; the replies to further ones are those to a first attempt."
                    + " Make the scenario smaller or key its receiver by something that repeats"
            )
        }
    }

    private func arrive(malformed: String? = nil) {
        if request?.claim == nil, let current = request {
            let body = Array(current.body.readableBytesView)
            claim(DeliveryKey.find(headers: current.headers, body: body, sources: desk.script.sources))
        }
        guard let arrived = request, let claim = arrived.claim else { return }
        request = nil
        let record = arrived.record(
            claim,
            connection: recorder.connection,
            endpoint: desk.endpoint,
            now: desk.now,
            malformed: malformed
        )
        let order = order(for: claim.turn.reply, to: arrived, malformed: malformed != nil)
        let line = line
        recorder.arrived(record, at: claim.at, asked: claim.turn.reply.summary) { gone in
            Arrival(
                attempt: claim.attempt,
                method: record.method,
                order: order,
                complete: arrived.bodyEnd ?? record.headEnd,
                keepsAlive: arrived.head?.isKeepAlive ?? false,
                line: line,
                gone: gone
            )
        }
    }

    private func order(for reply: Reply, to request: RequestInProgress, malformed: Bool) -> Arrival.Order {
        if malformed { return .close }
        guard request.bodyEnd != nil, case .fault(let fault) = reply else { return .play(reply) }
        if fault.at == .head {
            desk.recordFailure(
                "\"\(reply.summary)\" could not be produced, because what identifies the delivery stands in the body."
                    + " Use a header as the key, or let the fault happen after the request"
            )
            return .close
        }
        if fault.at == .body, request.head?.method == .HEAD {
            desk.recordFailure(
                "\"\(reply.summary)\" could not be produced, because an answer to HEAD has no body."
                    + " Let the fault happen after the request"
            )
            return .close
        }
        return .play(reply)
    }
}
