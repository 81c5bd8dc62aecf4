import CurlTransport
import FoundationEssentials
package import Notation
import WebhookContracts

extension JSONValue {
    /// Makes an object; a nil value becomes null.
    static func members(_ pairs: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(pairs.map { JSONMember(name: $0.key, value: $0.value ?? .null) })
    }

    static func text(_ text: String?) -> JSONValue? { text.map { .string($0) } }

    static func time(_ time: Date?) -> JSONValue? { time.map { .string(TimeText.text($0, form: .utc)) } }

    /// Text as far as the bytes are UTF-8; what is not becomes U+FFFD.
    static func text(bytes: [UInt8]) -> JSONValue { .string(String(decoding: bytes, as: UTF8.self)) }
}

extension Endpoint {
    /// The endpoint as the API shows it: secrets only as the fact that they exist.
    package var shown: JSONValue {
        .members([
            "id": .string(id),
            "state": .string(status.rawValue),
            "reason": .text(reason),
            "url": .string(url),
            "events": events.map { .array($0.map { .string($0) }) },
            "source": .text(source),
            "has_secret": .bool(secret != nil),
            "has_credentials": .bool(basic != nil),
            "headers": .array(headers.map { .string($0.name) }),
        ])
    }
}

extension Acceptance {
    /// The answer to a submission.
    package var shown: JSONValue {
        switch self {
        case .accepted(let id): .members(["id": .string(id), "state": .string("accepted")])
        case .heldBack(let id, let reason):
            .members(["id": .string(id), "state": .string("held back"), "reason": .string(reason)])
        case .duplicate(let id):
            .members([
                "id": .string(id), "state": .string("duplicate"),
                "reason": .string("the same occurrence was accepted before"),
            ])
        }
    }
}

extension LoggedDelivery {
    /// The delivery as the log shows it.
    package var shown: JSONValue {
        .members([
            "id": .string(id),
            "event_id": .string(eventID),
            "event_type": .string(eventType),
            "origin": .string(origin),
            "created_at": .time(createdAt),
            "endpoint": .string(endpointID),
            "url": .string(url),
            "latest_status": latestStatus.map { .number(String($0)) },
            "latest_outcome": .text(latestOutcome),
            "state": .string(state.rawValue),
            "reason": .text(reason),
            "payload": .text(bytes: payload),
            "attempts": .array(attempts.map(\.shown)),
        ])
    }
}

extension LoggedAttempt {
    /// The attempt as the log shows it.
    package var shown: JSONValue {
        .members([
            "number": .number(String(number)),
            "attempted_at": .time(attemptedAt),
            "status": .string(status),
            "response_code": responseCode.map { .number(String($0)) },
            "response_headers": .array(responseHeaders.map { .array([.string($0.name), .string($0.value)]) }),
            "response_body": .text(bytes: responseBody),
            "error": .text(error),
            "next_attempt_at": .time(nextAttemptAt),
        ])
    }
}
