/// The address of a value inside a JSON document, such as `/data/items/0` (RFC 6901).
package struct JSONPointer: Sendable, Hashable {
    /// The names and indices from the root down, unescaped; none for the whole document.
    package let tokens: [String]

    /// Reads a pointer: nothing for the whole document, else `/` before each name, with `~0` for `~` and `~1` for `/`.
    ///
    /// - Throws: a ``NotationError`` when the text does not start with `/` or has another escape.
    package init(_ text: String) throws(NotationError) {
        // Scalars, since a slash and a combining mark after it are one `Character`.
        guard text.isEmpty || text.unicodeScalars.first == "/" else {
            throw NotationError(message: "'\(text)' is not a JSON pointer", help: "start it with a slash: `/\(text)`")
        }
        var tokens: [String] = []
        let parts = text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
        for escaped in parts.dropFirst() {
            tokens.append(try Self.unescaped(escaped, in: text))
        }
        self.tokens = tokens
    }

    /// Makes a pointer from unescaped names.
    package init(tokens: [String]) {
        self.tokens = tokens
    }

    /// The written form.
    package var text: String {
        tokens.map { token in
            var escaped = "/"
            for scalar in token.unicodeScalars {
                switch scalar {
                case "~": escaped += "~0"
                case "/": escaped += "~1"
                default: escaped.unicodeScalars.append(scalar)
                }
            }
            return escaped
        }
        .joined()
    }

    private static func unescaped(
        _ token: Substring.UnicodeScalarView,
        in text: String
    ) throws(NotationError) -> String {
        var result = ""
        var scalars = token.makeIterator()
        while let scalar = scalars.next() {
            guard scalar == "~" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            switch scalars.next() {
            case "0": result += "~"
            case "1": result += "/"
            default:
                throw NotationError(
                    message: "'\(text)' has a `~` that is no escape",
                    help: "write `~0` for a tilde and `~1` for a slash inside a name"
                )
            }
        }
        return result
    }
}
