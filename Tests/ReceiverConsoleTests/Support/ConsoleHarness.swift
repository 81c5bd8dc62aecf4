import CurlTransport
import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import Notation
import ReceiverConsole
import RunClocks

/// A console with its receivers, and calls to it.
struct Console: Sendable {
    let registry: EndpointRegistry
    let port: Int
    let transport: CurlTransport

    var journal: LiveJournal { registry.journal }
    var url: String { "http://127.0.0.1:\(port)" }

    struct Answer {
        var status: Int
        var headers: [HeaderField]
        var bytes: [UInt8]

        var text: String { String(decoding: bytes, as: UTF8.self) }

        /// The body as JSON; null when it is none, which no expectation takes for something else.
        var json: JSONValue {
            do { return try JSONValue.parse(bytes) } catch { return .null }
        }
    }

    /// Calls the console, as a program would.
    func call(
        _ method: String,
        _ path: String,
        _ body: String? = nil,
        headers: [HeaderField] = []
    ) async throws -> Answer {
        var fields = headers
        if method != "GET", !fields.contains(where: { $0.isNamed("content-type") }) {
            fields.append(HeaderField("Content-Type", "application/json"))
        }
        return try await send(method, url + path, Array((body ?? "").utf8), headers: fields)
    }

    /// Sends any request.
    func send(
        _ method: String,
        _ url: String,
        _ body: [UInt8] = [],
        headers: [HeaderField] = []
    ) async throws -> Answer {
        var request = TransferRequest(
            method: method,
            url: url,
            headers: headers,
            body: body,
            totalLimit: .seconds(60)
        )
        request.verifiesCertificates = false
        request.responseBodyCap = 8 << 20
        let response = try await transport.send(request)
        return Answer(status: response.status, headers: response.headers, bytes: response.body)
    }

    /// Opens an endpoint by the control API; gives its id and its URL.
    func open(_ body: String) async throws -> (id: String, url: String) {
        let answer = try await call("POST", "/api/endpoints", body)
        guard let id = answer.json["id"]?.stringValue, let url = answer.json["url"]?.stringValue else {
            throw Unexpected(answer: answer.text)
        }
        return (id, url)
    }

    struct Unexpected: Error {
        var answer: String
    }
}

/// Runs `body` with a console on a port of its own.
func withConsole(
    limits: JournalLimits = JournalLimits(),
    endpoints: EndpointSettings = EndpointSettings(),
    settings: ConsoleSettings = ConsoleSettings(),
    _ body: @Sendable (Console) async throws -> Void
) async throws {
    let clock = RealRunClock()
    let authority = try RunAuthority()
    let journal = LiveJournal(clock: clock, limits: limits)
    let transport = try CurlTransport()
    let outcome: Result<Void, any Error>
    do {
        try await withReceiverScope(authority: authority, clock: clock) { scope in
            try await withEndpointRegistry(
                scope: scope,
                journal: journal,
                caPEM: authority.caPEM,
                settings: endpoints
            ) { registry in
                try await withConsoleServer(registry: registry, settings: settings) { port in
                    try await body(Console(registry: registry, port: port, transport: transport))
                }
            }
        }
        outcome = .success(())
    } catch {
        outcome = .failure(error)
    }
    await transport.shutDown()
    try outcome.get()
}

extension JSONValue {
    /// A value within, by a pointer such as `/answer/status`.
    func at(_ pointer: String) -> JSONValue? {
        do { return self[try JSONPointer(pointer)] } catch { return nil }
    }
}
