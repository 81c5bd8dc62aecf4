import CurlTransport
import Notation

/// Sends the requests of a `dispatcher.yaml`.
struct DispatcherAPI {
    /// How long the dispatcher's own interface may take to answer.
    static let answerLimit = Duration.seconds(30)
    /// The longest answer that is read, in bytes: a delivery log of a long scenario.
    static let longestAnswer = 64 * 1024 * 1024

    /// A request with nothing left to fill in.
    struct Prepared {
        var transfer: TransferRequest
        var capture: [String: JSONPointer]
    }

    /// What came back.
    struct Answer {
        var status: Int
        var body: [UInt8]
        var captured: Placeholders

        var isSuccess: Bool { (200..<300).contains(status) }

        /// The beginning of the body, for messages.
        var excerpt: String { String(String(decoding: body.prefix(300), as: UTF8.self).prefix(200)) }
    }

    var transport: CurlTransport

    /// Fills the placeholders of `request`.
    ///
    /// - Throws: `DispatcherError` when a placeholder has no value, or the request cannot be sent as it stands.
    func prepared(_ request: APIRequest, _ placeholders: Placeholders) throws(DispatcherError) -> Prepared {
        let url = try placeholders.fill(request.url)
        var transfer = TransferRequest(method: request.method, url: url)
        transfer.totalLimit = Self.answerLimit
        transfer.responseBodyCap = Self.longestAnswer
        transfer.responseBodyLimit = Self.longestAnswer
        for (name, value) in request.headers.sorted(by: { $0.key < $1.key }) {
            transfer.headers.append(HeaderField(name, try placeholders.fill(value)))
        }
        if let body = request.body, let filled = try placeholders.fill(body) {
            transfer.body = Array(filled.compact().utf8)
            if transfer.headers.first(named: "Content-Type") == nil {
                transfer.headers.append(HeaderField("Content-Type", "application/json"))
            }
        }
        do {
            try transfer.validate()
        } catch {
            throw DispatcherError("cannot send \(request.method) \(url): \(error.message)")
        }
        return Prepared(transfer: transfer, capture: request.capture)
    }

    /// Sends what was prepared.
    ///
    /// - Throws: `DispatcherError` when no answer came; `CancellationError`.
    func send(_ prepared: Prepared) async throws -> Answer {
        let response: TransferResponse
        do {
            response = try await transport.send(prepared.transfer)
        } catch let error as TransferError {
            if error.kind == .cancelled { throw CancellationError() }
            throw DispatcherError("no answer to \(prepared.transfer.method) \(prepared.transfer.url): \(error.message)")
        }
        return Answer(
            status: response.status,
            body: response.body,
            captured: capture(prepared.capture, from: response.body)
        )
    }

    /// Fills the placeholders of `request` and sends it.
    ///
    /// - Throws: `DispatcherError` when a placeholder has no value or no answer came; `CancellationError`.
    func send(_ request: APIRequest, _ placeholders: Placeholders) async throws -> Answer {
        try await send(prepared(request, placeholders))
    }

    /// What is not there, or null, is not captured; whoever wants its value is told that it has none.
    private func capture(_ pointers: [String: JSONPointer], from body: [UInt8]) -> Placeholders {
        guard !pointers.isEmpty, let value = try? JSONValue.parse(body) else { return Placeholders() }
        return Placeholders(pointers.compactMapValues { value[$0] == .null ? nil : value[$0] })
    }
}
