import CurlTransport
import Testing

/// Runs `body` with a server that answers as told and a transport, and ends both.
func withServer(
    _ reply: @escaping @Sendable (RawRequest) -> [RawStep],
    _ body: (RawServer, CurlTransport) async throws -> Void
) async throws {
    let server = try RawServer(reply: reply)
    defer { server.stop() }
    try await withTransport { try await body(server, $0) }
}

/// Runs `body` with a transport, and shuts it down.
func withTransport(_ body: (CurlTransport) async throws -> Void) async throws {
    let transport = try CurlTransport()
    do {
        try await body(transport)
    } catch {
        await transport.shutDown()
        throw error
    }
    await transport.shutDown()
}

/// The error that sending the request must end with.
func failure(
    of request: TransferRequest,
    on transport: CurlTransport,
    sourceLocation: SourceLocation = #_sourceLocation
) async throws -> TransferError {
    try await #require(throws: TransferError.self, sourceLocation: sourceLocation) {
        try await transport.send(request)
    }
}

/// Waits until the condition holds, five minutes at most.
///
/// All tests begin at the same moment, and a small host lets some of them wait for many seconds until they get a turn.
func eventually(_ condition: () -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(300)
    while !condition() {
        try #require(ContinuousClock.now < deadline, "what was waited for did not come within five minutes")
        try await Task.sleep(for: .milliseconds(5))
    }
}

extension TransferRequest {
    /// A GET that cannot hang a test.
    static func get(_ url: String) -> TransferRequest {
        TransferRequest(method: "GET", url: url, totalLimit: .seconds(600))
    }

    /// A POST that cannot hang a test.
    static func post(_ url: String, _ body: [UInt8] = Array("{}".utf8)) -> TransferRequest {
        TransferRequest(method: "POST", url: url, body: body, totalLimit: .seconds(600))
    }

    /// The same request with something changed.
    func with(_ change: (inout TransferRequest) -> Void) -> TransferRequest {
        var copy = self
        change(&copy)
        return copy
    }
}
