import DeliveryEvidence
import DeliveryScenarios
import Notation
import RunClocks

/// An endpoint that answers as scripted and remembers what came, for tests written in Swift.
public struct ScriptedReceiver: Sendable {
    /// Where webhooks are to be sent, such as `http://127.0.0.1:49152/hooks`.
    public let url: String

    /// The port on 127.0.0.1.
    public let port: Int

    /// The certificate, in PEM, of the authority that a client must trust to reach an endpoint with TLS.
    public let authorityPEM: String

    let receiver: MockReceiver
    let book: RequestBook
    let clock: RealRunClock

    /// Every request that has come so far, in order of arrival.
    public var requests: [ReceivedRequest] { book.requests }

    /// What the receiver could not do as scripted; a test should expect it to be empty.
    public var failures: [String] { book.failures }

    /// Waits for the request with this number, without polling.
    ///
    /// - Parameters:
    ///   - number: 1 for the first request since the receiver was opened.
    ///   - limit: how long to wait for it.
    /// - Throws: ``RequestMissing`` when it does not come, or `CancellationError`.
    public func request(_ number: Int, within limit: Duration = .seconds(30)) async throws -> ReceivedRequest {
        let deadline = clock.now.advanced(by: limit)
        _ = await receiver.activity.waitForAttempts(number, until: deadline)
        try Task.checkCancellation()
        let requests = book.requests
        guard number >= 1, requests.count >= number else {
            throw RequestMissing(number: number, arrived: requests.count, limit: limit)
        }
        return requests[number - 1]
    }

    /// Answers by another script from the next request on, from that script's beginning.
    ///
    /// - Throws: ``ScriptMistake``.
    public func play(_ script: String) async throws {
        await receiver.play(try ScriptMistake.script(script))
    }
}

/// A request as the receiver saw it.
public struct ReceivedRequest: Sendable {
    /// 1 for the first since the receiver was opened.
    public let number: Int
    /// The method, as it was written.
    public let method: String
    /// The request target, query included.
    public let target: String
    /// Header lines in their order, names as they were written.
    public let headers: [(name: String, value: String)]
    /// The body as it was on the wire, chunks put together.
    public let body: [UInt8]
    /// When its first byte was read, since the receiver was opened.
    public let arrived: Duration
    /// Why its bytes are no well-formed request; `nil` when they are.
    public let malformed: String?

    /// The value of the first header called `name`, compared without case.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }

    /// The body as text, with U+FFFD where it is not UTF-8.
    public var text: String { String(decoding: body, as: UTF8.self) }
}

/// A request that did not come in time.
public struct RequestMissing: Error, Sendable, CustomStringConvertible {
    /// The request that was waited for.
    public let number: Int
    /// How many had come.
    public let arrived: Int
    let limit: Duration

    /// Which request is missing, and how many there were.
    public var description: String {
        "request \(number) did not arrive within \(DurationNotation.text(limit)); \(arrived) had arrived."
            + " Look at `requests`, or give it more time"
    }
}

/// A script that cannot be read.
public struct ScriptMistake: Error, Sendable, CustomStringConvertible {
    /// What is wrong, with the way out.
    public let description: String

    static func script(_ text: String) throws(ScriptMistake) -> ReplyScript {
        do {
            return try ScriptText.script(text)
        } catch {
            let help = error.help.map { ". \($0)" } ?? ""
            throw ScriptMistake(description: "\(error.message)\(help)")
        }
    }
}

/// How a scripted receiver is opened.
public struct ReceiverOptions: Sendable {
    /// Whether it speaks TLS, with a certificate of an authority made for it.
    public var tls: Bool
    /// Whether HTTP/2 is offered beside HTTP/1.1.
    public var http2: Bool
    /// The path of its URL.
    public var path: String
    /// The header that says which delivery an attempt belongs to; every delivery goes through the script on its own.
    public var deliveryHeader: String?

    /// Says how a receiver is to be opened; by default it speaks plain HTTP/1.1 and takes all requests for one delivery.
    public init(tls: Bool = false, http2: Bool = false, path: String = "/hooks", deliveryHeader: String? = nil) {
        self.tls = tls
        self.http2 = http2
        self.path = path
        self.deliveryHeader = deliveryHeader
    }
}

/// Opens a receiver on a free port of the loopback, runs `body`, and closes it again.
///
/// ```swift
/// try await withMockReceiver("500, 500, 200") { receiver in
///     try await dispatcher.send(event, to: receiver.url)
///     let third = try await receiver.request(3)
///     #expect(third.header("Webhook-Id") == receiver.requests.first?.header("Webhook-Id"))
/// }
/// ```
///
/// - Parameter script: replies with commas between them, by attempt; the last one repeats. `503 after 2s`, `hang`,
///   `reset after 17 bytes of the body` and every other fault of the scenario reference are known.
/// - Throws: ``ScriptMistake`` when the script cannot be read, an error with a clear sentence when the receiver cannot be
///   opened, or what `body` throws.
public func withMockReceiver<Outcome>(
    _ script: String,
    options: ReceiverOptions = ReceiverOptions(),
    _ body: (ScriptedReceiver) async throws -> Outcome
) async throws -> Outcome {
    var replies = try ScriptMistake.script(script)
    replies.keys = options.deliveryHeader.map { [.header($0)] } ?? []
    let endpoint = ScenarioEndpoint(
        name: "receiver",
        target: options.path,
        identity: options.tls ? .trusted : .plain,
        offersHTTP2: options.http2,
        script: replies
    )
    let authority = try RunAuthority()
    let clock = RealRunClock()
    let book = RequestBook()
    return try await withMockReceiver(for: endpoint, authority: authority, clock: clock, sink: book) { receiver in
        let scripted = ScriptedReceiver(
            url: receiver.url,
            port: receiver.port,
            authorityPEM: authority.caPEM,
            receiver: receiver,
            book: book,
            clock: clock
        )
        return try await body(scripted)
    }
}
