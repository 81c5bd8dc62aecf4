import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import RunClocks

/// A receiver under test and what it recorded so far.
struct Bench: Sendable {
    let receiver: MockReceiver
    let evidence: RecordedEvidence
    let authority: RunAuthority
    let clock: any RunClock

    /// The present moment as the records give it.
    var now: Stamp { Stamp(sinceStart: clock.now.sinceStart) }

    func victim() throws -> Victim { try Victim(port: receiver.port) }

    /// Sends a request on a connection of its own and reads the answer until the receiver or the length ends it.
    func post(_ body: String, headers: String = "") async throws -> Victim.Received {
        let victim = try victim()
        defer { victim.close() }
        try await victim.send(request(body, headers: headers + "Connection: close\r\n"))
        return try await victim.receive()
    }
}

/// A well-formed POST.
func request(_ body: String, headers: String = "") -> String {
    "POST /hooks HTTP/1.1\r\nHost: receiver\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
}

/// Opens one receiver, runs `body`, and gives what was recorded by the end of the scope.
@discardableResult
func receiving(
    _ replies: [Reply],
    keys: [DeliveryKeySource] = [],
    identity: ReceiverIdentity = .plain,
    clock: any RunClock = RealRunClock(),
    _ body: (Bench) async throws -> Void
) async throws -> RecordedEvidence {
    let evidence = RecordedEvidence()
    let authority = try RunAuthority()
    let endpoint = ScenarioEndpoint(name: "a", identity: identity, script: ReplyScript(replies: replies, keys: keys))
    try await withMockReceiver(for: endpoint, authority: authority, clock: clock, sink: evidence) { receiver in
        try await body(Bench(receiver: receiver, evidence: evidence, authority: authority, clock: clock))
    }
    return evidence
}

extension Reply {
    /// A plain answer.
    static func status(_ status: Int, body: String = "") -> Reply { .respond(Response(status: status, body: body)) }
}
