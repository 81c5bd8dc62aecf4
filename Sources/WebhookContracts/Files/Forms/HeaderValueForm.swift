package import Notation

extension TermForm where Value == HeaderValue {
    /// What a header carries, such as `event type`, `media type application/json` or `literal hmac-sha256`.
    static var headerValue: Self {
        Self(
            read: { reader, key in
                reader.value(key, wanted: "what the header carries") { text throws(NotationError) in
                    try HeaderValueNotation.parse(text)
                }
            },
            write: HeaderValueNotation.text
        )
    }
}

/// The words for what a header carries.
package enum HeaderValueNotation {
    private static let words: [(word: String, value: HeaderValue)] = [
        ("event type", .eventType),
        ("quoted event type", .quotedEventType),
        ("event id", .eventID),
        ("delivery id", .deliveryID),
        ("attempt number", .attemptNumber),
        ("signature", .signature),
        ("timestamp", .timestamp),
        ("idempotency key", .idempotencyKey),
        ("content digest", .contentDigest),
        ("signature input", .signatureInput),
    ]
    private static let mediaTypePrefix = "media type "
    private static let literalPrefix = "literal "

    /// Reads one of the words, `media type` with a media type, or `literal` with the characters.
    ///
    /// - Throws: a `NotationError` that names the words.
    package static func parse(_ text: String) throws(NotationError) -> HeaderValue {
        if let value = words.first(where: { $0.word == text })?.value { return value }
        if text.hasPrefix(mediaTypePrefix) {
            let type = String(text.dropFirst(mediaTypePrefix.count))
            let parts = type.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts.contains(""), !type.contains(" "), !type.contains(";") else {
                throw NotationError(
                    message: "'\(type)' is not a media type",
                    help: "write type and subtype without parameters, such as `application/json`"
                )
            }
            return .mediaType(type)
        }
        if text.hasPrefix(literalPrefix), text.count > literalPrefix.count {
            let characters = String(text.dropFirst(literalPrefix.count))
            guard characters.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
                throw NotationError(message: "'\(characters)' cannot stand in a header", help: "write printable ASCII")
            }
            return .literal(characters)
        }
        throw NotationError(
            message: "'\(text)' is not something a header carries",
            help: Suggestion.help(
                for: text,
                among: words.map(\.word) + ["media type …", "literal …"],
                kind: "choices"
            )
        )
    }

    /// Writes the value as it is read.
    package static func text(_ value: HeaderValue) -> String {
        switch value {
        case .literal(let characters): literalPrefix + characters
        case .mediaType(let type): mediaTypePrefix + type
        default: words.first { $0.value == value }?.word ?? ""
        }
    }
}
