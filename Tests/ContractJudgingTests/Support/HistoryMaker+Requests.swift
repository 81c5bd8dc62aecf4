import ContractJudging
import DeliveryEvidence
import Notation
import WebhookContracts
import WebhookSigning

extension HistoryMaker {
    /// The body as the dispatcher sends it: its own fields filled in.
    func filled(_ payload: JSONValue, event: String, at time: Duration) -> JSONValue {
        var body = payload
        for field in contract.body.fields {
            let value: String? =
                switch field.role {
                case .eventID: "id-of-\(event)"
                case .occurredAt, .dispatchedAt: Self.clock(time, form: field.timeForm)
                case .eventType, .source, .subject, .attemptNumber, .attemptedAt: nil
                }
            if let value { body = body.setting(.string(value), at: field.pointer) ?? body }
        }
        return body
    }

    /// The bytes of a body in the contract's format.
    func wire(_ body: JSONValue) -> [UInt8] {
        Array(body.compact().utf8)
    }

    /// The run's wall clock at a moment of its first day, in the form asked for.
    static func clock(_ time: Duration, form: TimeForm? = .utc) -> String {
        let seconds = Int(time.components.seconds) + 14 * 3600
        let milliseconds = Int(time.components.attoseconds / 1_000_000_000_000_000)
        let two = { (number: Int) in (number < 10 ? "0" : "") + String(number) }
        let text = "2026-03-03T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
        guard form == .utc else { return text + "+00:00" }
        return text + "." + String(String(1000 + milliseconds).dropFirst()) + "Z"
    }

    func header(
        _ terms: HeaderTerms,
        event: String,
        endpoint: String,
        number: Int,
        body: [UInt8]
    ) -> HeaderLine? {
        let emitted = history.emissions.first { $0.value.event == event }?.value
        let name = emitted.flatMap { contract.event(named: $0.type)?.sentName } ?? ""
        let value: String? =
            switch terms.value.value {
            case .literal(let text)?, .mediaType(let text)?: text
            case .eventType?: name
            case .quotedEventType?: "\"\(name)\""
            case .eventID?: emitted?.dispatcherID ?? "id-of-\(emitted?.again ?? event)"
            case .deliveryID?: "delivery-of-\(event)-to-\(endpoint)"
            case .attemptNumber?: "\(number)"
            case .signature?: signature(of: body, endpoint: endpoint)
            case .timestamp?: "1772546400"
            case .idempotencyKey?: "\"\(emitted?.dispatcherID ?? "id-of-\(emitted?.again ?? event)")\""
            case .contentDigest?: ContentDigest.sha256.field(for: body)
            case .signatureInput?: nil
            case nil: nil
            }
        return value.map { HeaderLine(name: terms.name, value: $0) }
    }

    /// The signature header's value for a body, or `nil` when the endpoint has no secret.
    func signature(of body: [UInt8], endpoint: String) -> String? {
        guard let key = keys.secret(of: endpoint) else { return nil }
        let terms = contract.signature
        let scheme = SignatureScheme(
            algorithm: terms.algorithm.value ?? .hmacSHA256,
            encoding: terms.encoding.value ?? .hexLower,
            prefix: terms.prefix.value ?? "",
            keyForm: terms.key.value ?? .text,
            content: terms.content.value ?? .body
        )
        do throws(SigningError) {
            return try scheme.sign(SigningInput(body: body, timestamp: "1772546400", envelopeJSON: body), key: key)
        } catch {
            return nil
        }
    }
}
