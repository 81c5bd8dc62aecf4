/// The head of a request to a proxy, read from whatever bytes came.
package struct ProxyRequest: Sendable, Hashable {
    package let method: String
    /// The request target as it was written.
    package let target: String

    /// The largest head that is read, in bytes.
    package static let longestHead = 8 * 1024

    /// Reads the first line of a head; `nil` when it is none of HTTP/1.
    package init?(head: some Collection<UInt8>) {
        let line = String(decoding: head.prefix { $0 != 13 && $0 != 10 }, as: UTF8.self)
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].hasPrefix("HTTP/1."), !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        method = String(parts[0])
        target = String(parts[1])
    }

    /// The host and port that a tunnel is wanted to (RFC 9110 section 9.3.6); `nil` when the target is no such pair.
    package var authority: (host: String, port: Int)? {
        guard let colon = target.lastIndex(of: ":"), let port = Int(target[target.index(after: colon)...]),
            (1...65535).contains(port)
        else { return nil }
        var host = String(target[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        return host.isEmpty ? nil : (host, port)
    }
}
