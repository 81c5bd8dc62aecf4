/// The marks that redaction leaves where a secret stood.
enum SecretMarks {
    private static let opening = Array("{{secret:".utf8)
    private static let brace = UInt8(ascii: "}")

    /// The names of the secrets that stood in a text, each once, in order.
    static func names(in text: String) -> [String] {
        var names: [String] = []
        var rest = Array(text.utf8)[...]
        // A look for the first byte passes over most of a text at once.
        while let start = rest.firstIndex(of: opening[0]) {
            rest = rest[start...]
            guard rest.starts(with: opening) else {
                rest = rest.dropFirst()
                continue
            }
            rest = rest.dropFirst(opening.count)
            guard let end = rest.firstIndex(of: brace) else { break }
            let name = String(decoding: rest[..<end], as: UTF8.self)
            if !names.contains(name) { names.append(name) }
            rest = rest[end...]
        }
        return names
    }
}
