import DeliveryEvidence
import DeliveryScenarios
import NIOCore
import NIOHTTP1

/// A request as far as it has come.
struct RequestInProgress {
    /// When its first byte was read.
    let firstByte: Stamp
    var headEnd: Stamp?
    /// The head as it was on the wire.
    var headBytes: [UInt8] = []
    /// The head as the decoder reads it; `nil` when it has not, or could not.
    var head: HTTPRequestHead?
    /// Its header lines, read once.
    var headers: [HeaderLine] = []
    var body = ByteBuffer()
    var bodyEnd: Stamp?
    /// Its place in the script, once the script has advanced for it.
    var claim: Claim?

    /// What the script and the scenario's numbering gave to a request.
    struct Claim {
        let attempt: Int
        let key: String?
        let turn: ScriptProgress.Turn
        let at: Stamp
        /// Why no rule applied.
        var unmatched: String?
        /// Says that the reply was known when only the head was there.
        var isAtHead = false
        /// Says that the answer was begun before the request was there.
        var isUnderWay = false
    }

    init(firstByte: Stamp) {
        self.firstByte = firstByte
    }

    /// Where its body ends, by the head.
    var bodyFraming: RequestIntake.BodyFraming {
        guard let head, !head.headers.contains(name: "Transfer-Encoding"),
            let length = head.headers.first(name: "Content-Length").flatMap(Int.init)
        else { return .lines }
        return .length(length)
    }

    /// Says that the client waits for a go-ahead before it sends the body.
    var expectsContinue: Bool {
        guard let head, head.version != .http1_0 else { return false }
        return head.headers[canonicalForm: "Expect"].contains { $0.lowercased() == "100-continue" }
    }

    /// What rules and signatures are held against, with the body as far as it has come.
    var facts: RequestFacts {
        RequestFacts(
            method: head?.method.rawValue ?? "",
            target: head?.uri ?? "",
            headers: headers,
            body: Array(body.readableBytesView)
        )
    }

    /// The record for it.
    func record(
        _ claim: Claim,
        connection: Int,
        endpoint: String,
        now: Stamp,
        malformed: String?
    ) -> AttemptArrived {
        AttemptArrived(
            attempt: claim.attempt,
            connection: connection,
            endpoint: endpoint,
            deliveryKey: claim.key,
            ordinal: claim.turn.ordinal,
            firstByte: firstByte,
            headEnd: headEnd ?? now,
            bodyEnd: bodyEnd,
            head: Bytes(headBytes),
            method: head?.method.rawValue ?? "",
            target: head?.uri ?? "",
            version: head.map { "HTTP/\($0.version.major).\($0.version.minor)" } ?? "",
            headers: headers,
            body: Bytes(Array(body.readableBytesView)),
            malformed: malformed,
            place: claim.turn.place.text,
            unmatched: claim.unmatched
        )
    }
}
