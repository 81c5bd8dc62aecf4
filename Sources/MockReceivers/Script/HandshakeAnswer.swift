import Crypto
import DeliveryScenarios
import Notation

/// Answers the questions by which providers make sure that an endpoint wants their webhooks.
enum HandshakeAnswer {
    /// Says that this kind of question can be told from the head alone, because it has no body.
    static func isInHead(_ kind: Handshake.Kind) -> Bool { kind == .cloudEvents }

    /// The answer to `request` when it is such a question; `nil` when it is not.
    static func answer(_ handshake: Handshake, to request: RequestFacts) -> Response? {
        if handshake.kind == .cloudEvents { return consent(handshake, to: request) }
        guard request.method == "POST", let document = try? JSONValue.parse(request.body) else { return nil }
        return switch handshake.kind {
        case .slack: slack(document)
        case .zoom: zoom(document, secret: handshake.secret ?? "")
        case .discord: discord(document)
        case .cloudEvents: nil
        }
    }

    private static func slack(_ document: JSONValue) -> Response? {
        guard document.text("type") == "url_verification", let challenge = document.text("challenge") else {
            return nil
        }
        return json(.object([JSONMember(name: "challenge", value: .string(challenge))]))
    }

    private static func zoom(_ document: JSONValue, secret: String) -> Response? {
        guard document.text("event") == "endpoint.url_validation",
            let pointer = try? JSONPointer("/payload/plainToken"), case .string(let token)? = document[pointer]
        else { return nil }
        let code = HMAC<SHA256>.authenticationCode(
            for: Array(token.utf8),
            using: SymmetricKey(data: Array(secret.utf8))
        )
        let encrypted = code.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0\(digits)" : digits
        }.joined()
        return json(
            .object([
                JSONMember(name: "plainToken", value: .string(token)),
                .init(name: "encryptedToken", value: .string(encrypted)),
            ])
        )
    }

    private static func discord(_ document: JSONValue) -> Response? {
        guard let pointer = try? JSONPointer("/type"), document[pointer]?.compact() == "1" else { return nil }
        return Response(status: 200, headers: [jsonType], body: #"{"type":1}"#)
    }

    private static func consent(_ handshake: Handshake, to request: RequestFacts) -> Response? {
        guard request.method == "OPTIONS", let origin = request.value(of: "WebHook-Request-Origin") else { return nil }
        let rate = handshake.rate.map { "\($0)" } ?? "*"
        return Response(
            status: 200,
            headers: [
                ReplyHeader(name: "Allow", value: "POST"),
                ReplyHeader(name: "WebHook-Allowed-Origin", value: origin),
                ReplyHeader(name: "WebHook-Allowed-Rate", value: rate),
            ]
        )
    }

    private static let jsonType = ReplyHeader(name: "Content-Type", value: "application/json")

    private static func json(_ value: JSONValue) -> Response {
        Response(status: 200, headers: [jsonType], body: value.compact())
    }
}

extension JSONValue {
    fileprivate func text(_ name: String) -> String? {
        guard let pointer = try? JSONPointer("/\(name)"), case .string(let text)? = self[pointer] else { return nil }
        return text
    }
}
