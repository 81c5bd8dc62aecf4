import Notation

extension TermForm where Value == String {
    /// A sentence or another text, on one line.
    static var sentence: Self {
        checked(wanted: "text") { $0 }
    }

    /// An HTTP method in upper case (a token of RFC 9110 section 5.6.2).
    static var method: Self {
        checked(wanted: "a method such as `POST`") { text throws(NotationError) in
            guard !text.isEmpty, text.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
                throw NotationError(
                    message: "'\(text)' is not an HTTP method",
                    help: "write it in capitals, such as `POST`"
                )
            }
            return text
        }
    }

    /// The name of an event, which may be sent in a header.
    static var eventName: Self {
        checked(wanted: "an event's name") { text throws(NotationError) in
            guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x22 }) else {
                throw NotationError(
                    message: "'\(text)' cannot be an event's name",
                    help: "write letters, digits and signs without spaces and quotes, such as `job.created`"
                )
            }
            return text
        }
    }

    /// A header's name (a token of RFC 9110 section 5.6.2).
    static var headerName: Self {
        checked(wanted: "a header name") { text throws(NotationError) in try Self.validHeaderName(text) }
    }

    /// The path of a file below the contract's folder.
    static var path: Self {
        checked(wanted: "a path") { text throws(NotationError) in try Self.validPath(text) }
    }

    /// Characters that may be none at all, shown in quotes.
    static var characters: Self {
        Self(
            read: { reader, key in
                guard let text = reader.text(key) else { return nil }
                guard text.unicodeScalars.allSatisfy({ $0.value > 0x1F && $0.value < 0x7F }) else {
                    reader.log.error(
                        "`\(key)` must be printable ASCII, for it stands in a header",
                        at: reader.mapping[key]?.position
                    )
                    return nil
                }
                return text
            },
            write: { "\"\($0)\"" }
        )
    }

    private static func checked(
        wanted: String,
        _ check: @escaping @Sendable (String) throws(NotationError) -> String
    ) -> Self {
        Self(
            read: { reader, key in
                reader.value(key, wanted: wanted) { text throws(NotationError) in
                    guard !text.isEmpty, !text.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
                        throw NotationError(message: "this must be text on one line", help: "write it on one line")
                    }
                    return try check(text)
                }
            },
            write: { $0 }
        )
    }

    private static func validHeaderName(_ text: String) throws(NotationError) -> String {
        let symbols = Array("!#$%&'*+-.^_`|~".utf8)
        let isToken = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: symbols.contains(byte)
            }
        }
        guard isToken, !text.isEmpty else {
            throw NotationError(
                message: "'\(text)' cannot be a header's name",
                help: "write only the name, such as `X-Event`"
            )
        }
        return text
    }

    private static func validPath(_ text: String) throws(NotationError) -> String {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.contains(""), !parts.contains(".."), !parts.contains(".") else {
            throw NotationError(
                message: "'\(text)' is not a path below the contract's folder",
                help: "write it from the contract's folder on, such as `events/job.created.json`"
            )
        }
        return text
    }
}
