import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import RunClocks

/// A client of HTTP/2 with prior knowledge on a plain socket, which sends what it is told and sees every frame.
struct HTTP2Victim {
    let socket: Victim
    var reader = FrameReader()
    var ending = Victim.Ending.stillOpen

    init(_ bench: Bench) throws {
        socket = try bench.victim()
    }

    func send(_ bytes: [UInt8]) async throws { try await socket.send(bytes) }

    /// Reads until `enough` says so, the connection ends, or the time is up.
    mutating func receive(for duration: Duration = patience, until enough: (FrameReader) -> Bool) async throws {
        // What was waited for may have come with what was read last.
        guard !enough(reader) else { return }
        var reader = reader
        let received = try await socket.receivePieces(
            for: duration,
            until: { piece in
                reader.take(piece)
                return enough(reader)
            }
        )
        self.reader = reader
        ending = received.ending
    }

    /// Returns once the receiver has read everything that was sent: the answer to a PING says so.
    mutating func settle() async throws {
        let acknowledged = reader.pings
        try await send(Frame(kind: .ping, payload: [UInt8](repeating: 1, count: 8)).bytes)
        try await receive { $0.pings > acknowledged }
    }

    func close() { socket.close() }
}

/// Opens one plain receiver that offers HTTP/2, runs `body`, and gives what was recorded by the end of the scope.
@discardableResult
func receivingHTTP2(
    _ replies: [Reply],
    keys: [DeliveryKeySource] = [],
    identity: ReceiverIdentity = .plain,
    clock: any RunClock = RealRunClock(),
    _ body: (Bench) async throws -> Void
) async throws -> RecordedEvidence {
    let evidence = RecordedEvidence()
    let authority = try RunAuthority()
    let endpoint = ScenarioEndpoint(
        name: "a",
        identity: identity,
        offersHTTP2: true,
        script: ReplyScript(replies: replies, keys: keys)
    )
    try await withMockReceiver(for: endpoint, authority: authority, clock: clock, sink: evidence) { receiver in
        try await body(Bench(receiver: receiver, evidence: evidence, authority: authority, clock: clock))
    }
    return evidence
}

/// Sends one POST on stream 1 and reads until the connection ends or `enough` says so.
func exchange(
    _ bench: Bench,
    _ text: String = "{}",
    until enough: (FrameReader) -> Bool = { $0.hasEnded(1) || $0.resetCode(1) != nil }
) async throws -> HTTP2Victim {
    var victim = try HTTP2Victim(bench)
    defer { victim.close() }
    try await victim.send(Requests.opening + Requests.post(text, on: 1))
    try await victim.receive(until: enough)
    return victim
}
