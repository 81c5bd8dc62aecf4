import DeliveryEvidence
import DeliveryScenarios
import NIOCore
import RunClocks

/// Answers one request as its script says.
///
/// Waits are plain awaits on the run's clock. When the connection goes first, the rest of the script is abandoned; the
/// connection's recorder has then made the attempt's receipt already.
struct ReplyPlayer: Sendable {
    /// How long a connection is still read after the receiver's FIN, for a peer that does not close its side.
    static let lingering = Duration.seconds(2)

    let arrival: Arrival
    let clock: any RunClock

    /// Plays the reply; returns when it is through or the connection is gone.
    func play() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // Only a lost connection and cancellation throw here; both are recorded as the connection's end.
                do { try await perform() } catch { return }
            }
            group.addTask { for await _ in arrival.gone {} }
            await group.next()
            group.cancelAll()
        }
    }

    private func perform() async throws {
        switch arrival.order {
        case .play(.respond(let response)): try await respond(response)
        case .play(.fault(let fault)): try await produce(fault)
        case .close: try await close()
        }
    }

    private func respond(_ response: Response) async throws {
        if response.after > .zero { try await sleep(until: arrival.complete + response.after) }
        let answer = AnswerBytes(response, to: arrival.method)
        try await begin(answer)
        let head = response.drip.flatMap { $0.part == .head ? $0 : nil }
        let body = response.drip.flatMap { $0.part == .body ? $0 : nil }
        if head == nil, body == nil, response.holdBody == .zero {
            try await send(answer.head + answer.body, completing: true)
        } else {
            try await send(answer.head, dripping: head, completing: answer.body.isEmpty)
            if !answer.body.isEmpty {
                if response.holdBody > .zero { try await clock.sleep(for: response.holdBody) }
                try await send(answer.body, dripping: body, completing: true)
            }
        }
        let attempt = arrival.attempt
        let stays = arrival.keepsAlive && !answer.closesConnection
        if stays {
            try await arrival.line.tell { $0.ended(attempt) }
        } else {
            try await close()
        }
    }

    private func produce(_ fault: Fault) async throws {
        if fault.at == .body {
            let answer = AnswerBytes.cutShort
            try await begin(answer)
            try await send(answer.head + answer.body.prefix(answer.body.count / 2), completing: false)
        }
        switch fault.kind {
        case .reset: try await arrival.line.reset()
        case .close: try await close()
        case .hang: break  // The attempt stays open; whoever ends the connection ends it.
        }
    }

    /// Ends the attempt with FIN and reads on until the peer closes as well, for a while.
    private func close() async throws {
        let attempt = arrival.attempt
        try await arrival.line.closeWriting()
        try await arrival.line.tell { $0.ended(attempt) }
        try await clock.sleep(for: Self.lingering)
        try await arrival.line.cut().get()
    }

    private func begin(_ answer: AnswerBytes) async throws {
        let attempt = arrival.attempt
        try await arrival.line.tell { recorder in
            recorder.answers(attempt, status: answer.status, statusLineLength: answer.statusLineLength)
        }
    }

    /// Sends in portions, so that the receipt of an answer that is not read to its end says how far it went.
    private func send(_ bytes: [UInt8], completing: Bool) async throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let portion = rest.prefix(Self.portion)
            rest = rest.dropFirst(Self.portion)
            try await arrival.line.send(portion, for: arrival.attempt, completing: completing && rest.isEmpty)
        }
    }

    private static let portion = 64 * 1024

    /// Sends so many bytes at a time, each wait counted from when the kernel had taken the bytes before.
    private func send(_ bytes: [UInt8], dripping drip: Drip?, completing: Bool) async throws {
        guard let drip else { return try await send(bytes, completing: completing) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let portion = rest.prefix(max(1, drip.bytes))
            rest = rest.dropFirst(max(1, drip.bytes))
            try await arrival.line.send(portion, for: arrival.attempt, completing: completing && rest.isEmpty)
            if !rest.isEmpty { try await clock.sleep(for: drip.every) }
        }
    }

    private func sleep(until stamp: Stamp) async throws {
        let deadline = RunInstant(sinceStart: .nanoseconds(stamp.nanoseconds))
        try await clock.sleep(until: deadline, tolerance: nil)
    }
}
