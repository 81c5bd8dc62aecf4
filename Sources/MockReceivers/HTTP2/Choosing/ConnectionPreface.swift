/// What a client of HTTP/2 says first (RFC 9113 section 3.4), and what no client of HTTP/1.1 does.
enum ConnectionPreface {
    static let bytes = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

    /// What the first bytes of a connection are.
    enum Verdict: Equatable {
        case http2
        case other
        /// So far they are the preface, and it is not complete.
        case undecided
    }

    /// Looks at the first bytes of a connection, as many as there are.
    static func verdict(on start: some Collection<UInt8>) -> Verdict {
        guard start.count < bytes.count else { return start.starts(with: bytes) ? .http2 : .other }
        return bytes.starts(with: start) ? .undecided : .other
    }
}
