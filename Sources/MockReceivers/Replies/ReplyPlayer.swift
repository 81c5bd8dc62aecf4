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
        let attempt = arrival.attempt
        let stays = arrival.keepsAlive && !answer.closesConnection
        let completed: Then = { recorder in
            recorder.answered(attempt)
            if stays { recorder.ended(attempt) }
        }
        let head = response.drip.flatMap { $0.part == .head ? $0 : nil }
        let body = response.drip.flatMap { $0.part == .body ? $0 : nil }
        if head == nil, body == nil, response.holdBody == .zero {
            try await send(answer.head + answer.body, then: completed)
        } else if answer.body.isEmpty {
            try await send(answer.head, dripping: head, then: completed)
        } else {
            try await send(answer.head, dripping: head)
            if response.holdBody > .zero { try await clock.sleep(for: response.holdBody) }
            try await send(answer.body, dripping: body, then: completed)
        }
        if !stays { try await close() }
    }

    private func produce(_ fault: Fault) async throws {
        if fault.at == .body {
            let answer = AnswerBytes.cutShort
            try await begin(answer)
            try await send(answer.head + answer.body.prefix(answer.body.count / 2))
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

    /// What is noted once the last byte was taken.
    private typealias Then = @Sendable (ConnectionRecorder) -> Void

    /// Sends in portions, so that the receipt of an answer that is not read to its end says how far it went.
    private func send(_ bytes: [UInt8], then: @escaping Then = { _ in }) async throws {
        try await send(bytes, by: Self.portion, every: .zero, then: then)
    }

    private static let portion = 64 * 1024

    /// Sends so many bytes at a time, each wait counted from when the kernel had taken the bytes before.
    private func send(_ bytes: [UInt8], dripping drip: Drip?, then: @escaping Then = { _ in }) async throws {
        guard let drip else { return try await send(bytes, then: then) }
        try await send(bytes, by: max(1, drip.bytes), every: drip.every, then: then)
    }

    private func send(_ bytes: [UInt8], by count: Int, every pause: Duration, then: @escaping Then) async throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let portion = rest.prefix(count)
            rest = rest.dropFirst(count)
            let isLast = rest.isEmpty
            try await arrival.line.send(portion, for: arrival.attempt) { if isLast { then($0) } }
            if !rest.isEmpty, pause > .zero { try await clock.sleep(for: pause) }
        }
    }

    private func sleep(until stamp: Stamp) async throws {
        let deadline = RunInstant(sinceStart: .nanoseconds(stamp.nanoseconds))
        try await clock.sleep(until: deadline, tolerance: nil)
    }
}
