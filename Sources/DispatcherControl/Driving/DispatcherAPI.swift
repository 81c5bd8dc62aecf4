import CurlTransport
import Notation

/// Sends the requests of a `dispatcher.yaml`.
struct DispatcherAPI {
    /// How long the dispatcher's own interface may take to answer.
    static let answerLimit = Duration.seconds(30)

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

    /// Sends `request` with its placeholders filled.
    ///
    /// - Throws: `DispatcherError` when no answer came, or a placeholder has no value.
    func send(_ request: APIRequest, _ placeholders: Placeholders) async throws -> Answer {
        let url = try placeholders.fill(request.url)
        var transfer = TransferRequest(method: request.method, url: url)
        transfer.totalLimit = Self.answerLimit
        transfer.responseBodyCap = 64 * 1024 * 1024
        transfer.responseBodyLimit = 64 * 1024 * 1024
        for (name, value) in request.headers.sorted(by: { $0.key < $1.key }) {
            transfer.headers.append(HeaderField(name, try placeholders.fill(value)))
        }
        if let body = request.body, let filled = try placeholders.fill(body) {
            transfer.body = Array(filled.compact().utf8)
            if transfer.headers.first(named: "Content-Type") == nil {
                transfer.headers.append(HeaderField("Content-Type", "application/json"))
            }
        }
        let response: TransferResponse
        do {
            response = try await transport.send(transfer)
        } catch let error as TransferError where error.kind != .cancelled {
            throw DispatcherError("no answer to \(request.method) \(url): \(error.message)")
        }
        return Answer(
            status: response.status,
            body: response.body,
            captured: capture(request.capture, from: response.body)
        )
    }

    private func capture(_ pointers: [String: JSONPointer], from body: [UInt8]) -> Placeholders {
        guard !pointers.isEmpty, let value = try? JSONValue.parse(body) else { return Placeholders() }
        return Placeholders(pointers.compactMapValues { value[$0] })
    }
}
