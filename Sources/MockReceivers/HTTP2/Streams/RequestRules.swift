import NIOHPACK

/// What HTTP/2 asks of the headers of a request (RFC 9113 section 8.2 and 8.3).
enum RequestRules {
    /// Headers that speak of a connection, which HTTP/2 does not carry (section 8.2.2).
    static let connectionHeaders: Set<String> = [
        "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade",
    ]

    private static let pseudoHeaders: Set<String> = [":method", ":scheme", ":authority", ":path", ":protocol"]

    /// The first rule that the headers of a request break; `nil` when they break none.
    static func violation(_ headers: HPACKHeaders) -> String? {
        var seen: Set<String> = []
        var isBehindPseudo = false
        for (name, value, _) in headers {
            if name.first == ":" {
                guard pseudoHeaders.contains(name) else { return "the pseudo-header '\(printable(name))' is not known" }
                guard seen.insert(name).inserted else { return "the pseudo-header '\(name)' comes twice" }
                if isBehindPseudo { return "the pseudo-header '\(name)' comes after other headers" }
            } else {
                isBehindPseudo = true
                if let reason = violation(name, value) { return reason }
            }
            if value.utf8.contains(where: { [0, 10, 13].contains($0) }) {
                return "the value of '\(printable(name))' has a line end or NUL in it"
            }
        }
        return missing(headers, seen)
    }

    private static func missing(_ headers: HPACKHeaders, _ seen: Set<String>) -> String? {
        guard seen.contains(":method") else { return "the pseudo-header ':method' is missing" }
        // CONNECT names only whom to connect to (section 8.5).
        if headers.first(name: ":method") == "CONNECT", !seen.contains(":protocol") { return nil }
        for name in [":scheme", ":path"] where !seen.contains(name) { return "the pseudo-header '\(name)' is missing" }
        return headers.first(name: ":path")?.isEmpty == true ? "the pseudo-header ':path' is empty" : nil
    }

    private static func violation(_ name: String, _ value: String) -> String? {
        if name.isEmpty { return "a header has no name" }
        if name.utf8.contains(where: { (0x41...0x5A).contains($0) }) {
            return "the header name '\(printable(name))' is not in lower case"
        }
        if name.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F || $0 == UInt8(ascii: ":") }) {
            return "the header name '\(printable(name))' has a character that is not allowed"
        }
        if connectionHeaders.contains(name) { return "the header '\(name)' is not allowed in HTTP/2" }
        if name == "te", value.lowercased() != "trailers" { return "the header 'te' is not 'trailers'" }
        return nil
    }

    /// A name that came from outside, fit to be shown.
    private static func printable(_ name: String) -> String {
        let shown = name.utf8.prefix(60).map { (0x21...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }
        return String(decoding: shown, as: UTF8.self)
    }
}
