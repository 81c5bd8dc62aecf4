import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import WebhookContracts
import WebhookSigning

extension HistoryMaker {
    /// How the receiver dealt with a made-up attempt.
    enum Answer {
        /// A whole answer, so long after the request.
        case status(Int, after: Duration = .milliseconds(10))
        /// The receiver cuts the connection at once.
        case reset
        /// The receiver never answers and the dispatcher hangs up after a while.
        case hang(until: Duration)
    }

    /// Adds an attempt as the contract wants it: headers, body, signature and all.
    ///
    /// - Parameters:
    ///   - body: the body in place of the event's, as it stands on the wire.
    ///   - number: what the attempt counter says.
    mutating func attempt(
        _ event: String,
        at time: Duration,
        to endpoint: String = "main",
        number: Int = 1,
        answer: Answer = .status(200),
        body: [UInt8]? = nil
    ) {
        let body = body ?? wire(sent[event] ?? .object([]))
        let index = history.attempts.count + 1
        let opened = history.endpoints.first { $0.endpoint == endpoint }
        let target = scenario.endpoint(named: endpoint)?.target ?? "/"
        var headers = [
            HeaderLine(name: "Host", value: "127.0.0.1:\(opened?.port ?? 0)"),
            HeaderLine(name: "Content-Length", value: "\(body.count)"),
        ]
        headers += contract.headers.compactMap { terms in
            header(terms, event: event, endpoint: endpoint, number: number, body: body)
        }
        let arrived = AttemptArrived(
            attempt: index,
            connection: index,
            endpoint: endpoint,
            deliveryKey: nil,
            ordinal: number,
            firstByte: Stamp(sinceStart: time),
            headEnd: Stamp(sinceStart: time),
            bodyEnd: Stamp(sinceStart: time),
            head: Bytes([]),
            method: contract.transport.method.value ?? "POST",
            target: target,
            version: "HTTP/1.1",
            headers: headers,
            body: Bytes(body)
        )
        add(arrived, at: time, answer: answer, isSecure: opened?.identity != "plain")
    }

    private mutating func add(_ arrived: AttemptArrived, at time: Duration, answer: Answer, isSecure: Bool) {
        let opened = ConnectionOpened(
            connection: arrived.connection,
            endpoint: arrived.endpoint,
            peer: "127.0.0.1:50000"
        )
        var connection = ConnectionHistory(opened: Timed(at: Stamp(sinceStart: time), value: opened))
        if isSecure {
            let secured = ConnectionSecured(connection: arrived.connection, version: "TLSv1.3", serverName: nil)
            connection.secured = Timed(at: Stamp(sinceStart: time), value: secured)
        }
        let ended = Self.receipt(of: answer, attempt: arrived.attempt, at: time)
        let closing =
            ended.closing
            ?? Closing(
                by: .dispatcher,
                how: .fin,
                at: (ended.answerEnded ?? arrived.firstByte) + .milliseconds(1)
            )
        let closed = ConnectionClosed(
            connection: arrived.connection,
            closing: closing,
            bytesIn: arrived.body.bytes.count + 200,
            bytesOut: ended.bytesOut
        )
        connection.closed = Timed(at: closing.at, value: closed)
        history.connections.append(connection)
        history.attempts.append(AttemptHistory(arrived: arrived, ended: ended, connectionClosing: closing))
    }

    private static func receipt(of answer: Answer, attempt: Int, at time: Duration) -> AttemptEnded {
        switch answer {
        case .status(let status, let after):
            let moment = Stamp(sinceStart: time + after)
            return AttemptEnded(
                attempt: attempt,
                asked: "respond \(status)",
                status: status,
                answerBegan: moment,
                answerEnded: moment,
                bytesOut: 40,
                closing: nil
            )
        case .reset, .hang:
            var closing = Closing(by: .receiver, how: .reset, at: Stamp(sinceStart: time))
            if case .hang(let until) = answer {
                closing = Closing(by: .dispatcher, how: .fin, at: Stamp(sinceStart: time + until))
            }
            return AttemptEnded(
                attempt: attempt,
                asked: closing.by == .receiver ? "fault reset after request" : "fault hang after request",
                status: nil,
                answerBegan: nil,
                answerEnded: nil,
                bytesOut: 0,
                closing: closing
            )
        }
    }

    /// Changes what arrived in an attempt (0-based), without signing it again.
    mutating func doctor(_ index: Int, _ change: (inout AttemptArrived) -> Void) {
        change(&history.attempts[index].arrived)
    }

    /// Gives a header of an attempt (0-based) other values; none removes it.
    mutating func setHeader(_ index: Int, _ name: String, _ values: String...) {
        doctor(index) { arrived in
            arrived.headers.removeAll { $0.name.lowercased() == name.lowercased() }
            arrived.headers += values.map { HeaderLine(name: name, value: $0) }
        }
    }

    /// Gives an attempt (0-based) another body, with the right length and signature for it.
    mutating func setBody(_ index: Int, _ bytes: [UInt8]) {
        let endpoint = history.attempts[index].arrived.endpoint
        let signature = signature(of: bytes, endpoint: endpoint)
        doctor(index) { $0.body = Bytes(bytes) }
        if !history.attempts[index].arrived.values(of: "Content-Length").isEmpty {
            setHeader(index, "Content-Length", "\(bytes.count)")
        }
        if let name = contract.signature.header.value, let signature { setHeader(index, name, signature) }
    }

    /// Gives an attempt (0-based) the body that results from a change of its JSON.
    mutating func editBody(_ index: Int, _ change: (JSONValue) -> JSONValue) throws {
        let value = try JSONValue.parse(history.attempts[index].arrived.body.bytes)
        setBody(index, Array(change(value).compact().utf8))
    }
}
