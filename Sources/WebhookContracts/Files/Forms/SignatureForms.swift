import Notation
import WebhookSigning

extension TermForm where Value == SigningAlgorithm {
    /// The name of an algorithm, such as `hmac-sha256`.
    static var algorithm: Self { .word }
}

extension TermForm where Value == SignatureEncoding {
    /// How the signature's bytes are written, such as `hex`.
    static var encoding: Self { .word }
}

extension TermForm where Value == KeyForm {
    /// `text`, `hex`, `base64`, or `base64 after whsec_`.
    static var keyForm: Self {
        named(
            [("text", .text), ("hex", .hexDecoded), ("base64", .base64Decoded(prefix: ""))],
            open: (
                "base64 after ", { .base64Decoded(prefix: $0) },
                { if case .base64Decoded(let prefix) = $0 { prefix } else { nil } }
            ),
            what: "key form"
        )
    }
}

extension TermForm where Value == SignedContent {
    /// `body`, `envelope json`, `id.timestamp.body`, `timestamp.body`, `timestamp:body`, `v0:timestamp:body`.
    static var content: Self {
        named(
            [
                ("body", .body),
                ("envelope json", .envelopeJSON),
                ("id.timestamp.body", .idTimestampBody),
                ("timestamp.body", .timestampBody(separator: ".")),
                ("timestamp:body", .timestampBody(separator: ":")),
                ("timestamp and body", .timestampBody(separator: "")),
                ("v0:timestamp:body", .versionTimestampBody),
                ("message signature", .messageBase),
            ],
            open: nil,
            what: "signed content"
        )
    }
}

extension TermForm {
    fileprivate typealias OpenWord = (
        prefix: String, make: @Sendable (String) -> Value, rest: @Sendable (Value) -> String?
    )

    /// A closed list of words, and perhaps one word that is followed by free characters.
    fileprivate static func named(_ words: [(word: String, value: Value)], open: OpenWord?, what: String) -> Self {
        Self(
            read: { reader, key in
                reader.value(key, wanted: "a \(what)") { text throws(NotationError) in
                    if let value = words.first(where: { $0.word == text })?.value { return value }
                    if let open, text.hasPrefix(open.prefix), text.count > open.prefix.count {
                        return open.make(String(text.dropFirst(open.prefix.count)))
                    }
                    let known = words.map(\.word) + (open.map { ["\($0.prefix)…"] } ?? [])
                    throw NotationError(
                        message: "'\(text)' is not a \(what)",
                        help: Suggestion.help(for: text, among: known, kind: "choices")
                    )
                }
            },
            write: { value in
                if let word = words.first(where: { $0.value == value })?.word { return word }
                return open.flatMap { open in open.rest(value).map { open.prefix + $0 } } ?? ""
            }
        )
    }
}
