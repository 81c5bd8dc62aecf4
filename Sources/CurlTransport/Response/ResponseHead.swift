/// The status line and header fields of a response.
package struct ResponseHead: Sendable, Hashable {
    /// The three digits of the status line.
    package var status: Int
    /// The words after the digits; empty when there are none.
    package var reason: String
    /// The header fields, in order, in their own case; trailers are not among them.
    package var headers: [HeaderField]

    /// Makes a head from its parts.
    package init(status: Int, reason: String = "", headers: [HeaderField] = []) {
        self.status = status
        self.reason = reason
        self.headers = headers
    }
}

/// Collects header lines, as libcurl hands them over, into the head of the final response.
///
/// A transfer can see several heads: interim ones (1xx) and those of redirects. Each status line begins anew, so what
/// remains is the last. The count of bytes is bounded by libcurl itself (300 kB).
struct HeaderLines {
    private var current: ResponseHead?
    private var isComplete = false

    /// The head of the final response, as far as it has come; nil while there has been none but interim ones.
    var head: ResponseHead? {
        guard let current, current.status >= 200 else { return nil }
        return current
    }

    /// Takes one line with its line end.
    mutating func take(_ bytes: UnsafeRawBufferPointer) {
        let line = text(of: bytes)
        if let statusLine = ResponseHead(statusLine: line) {
            current = statusLine
            isComplete = false
        } else if line.isEmpty {
            isComplete = true
        } else if !isComplete {
            current?.append(line)
        }
    }

    /// The line without its end, read as UTF-8 or, when it is not, byte by byte as Latin-1, so that nothing is lost.
    private func text(of bytes: UnsafeRawBufferPointer) -> String {
        var line = bytes[...]
        while let last = line.last, last == 10 || last == 13 { line.removeLast() }
        return String(validating: line, as: UTF8.self)
            ?? String(String.UnicodeScalarView(line.map { Unicode.Scalar($0) }))
    }
}

extension ResponseHead {
    /// Reads `HTTP/1.1 200 OK`; nil when the line is no status line.
    fileprivate init?(statusLine: String) {
        guard statusLine.hasPrefix("HTTP/") else { return nil }
        let parts = statusLine.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, let status = Int(parts[1]) else { return nil }
        self.init(status: status, reason: parts.count == 3 ? String(parts[2]) : "")
    }

    fileprivate mutating func append(_ line: String) {
        if let first = line.utf8.first, isBlank(first), let last = headers.indices.last {
            // A folded line continues the value before it (RFC 9112, 5.2).
            headers[last].value += " " + trimmed(line[...])
            return
        }
        guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { return }
        headers.append(HeaderField(String(line[..<colon]), trimmed(line[line.utf8.index(after: colon)...])))
    }
}

private func trimmed(_ text: Substring) -> String {
    var text = text.utf8
    while let first = text.first, isBlank(first) { text.removeFirst() }
    while let last = text.last, isBlank(last) { text.removeLast() }
    return String(Substring(text))
}

private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
}
