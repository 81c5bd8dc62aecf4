/// What is to be seen of a certificate that matters for a client's verdict.
package struct CertificateSight: Sendable, Hashable {
    /// Seconds since 1970.
    package var notBefore: Int
    /// Seconds since 1970.
    package var notAfter: Int
    /// The issuer's name, in DER.
    package var issuer: [UInt8]
    /// The subject's name, in DER.
    package var subject: [UInt8]
    /// Says that it is made out to 127.0.0.1.
    package var namesLoopback: Bool

    package init(notBefore: Int, notAfter: Int, issuer: [UInt8], subject: [UInt8], namesLoopback: Bool) {
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.issuer = issuer
        self.subject = subject
        self.namesLoopback = namesLoopback
    }

    /// Says that it signed itself, as far as names tell.
    package var isSelfIssued: Bool { issuer == subject }
}

/// The names inside a certificate, found by their places (RFC 5280 section 4.1).
struct CertificateNames: Sendable, Hashable {
    var issuer: [UInt8]
    var subject: [UInt8]

    /// Reads the two names out of a certificate; `nil` when it is none.
    init?(der: [UInt8]) {
        var outer = DERReader(der[...])
        guard var certificate = outer.enter(), var content = certificate.enter() else { return nil }
        // [0] version, serial number, signature algorithm, issuer, validity, subject
        guard content.next() != nil, content.next() != nil, content.next() != nil, let issuer = content.next(),
            content.next() != nil, let subject = content.next()
        else { return nil }
        self.issuer = Array(issuer)
        self.subject = Array(subject)
    }
}

/// Walks over the elements of DER, as far as lengths go.
private struct DERReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// Passes over one element and gives all of it, tag and length included.
    mutating func next() -> ArraySlice<UInt8>? {
        guard let (header, length) = header, rest.count >= header + length else { return nil }
        defer { rest = rest.dropFirst(header + length) }
        return rest.prefix(header + length)
    }

    /// Goes into the next element.
    mutating func enter() -> DERReader? {
        guard let (header, _) = header, let element = next() else { return nil }
        return DERReader(element.dropFirst(header))
    }

    /// The lengths of the next element's header and content.
    private var header: (Int, Int)? {
        let bytes = Array(rest.prefix(6))
        guard bytes.count >= 2 else { return nil }
        guard bytes[1] >= 0x80 else { return (2, Int(bytes[1])) }
        let count = Int(bytes[1] & 0x7F)
        guard (1...4).contains(count), bytes.count >= 2 + count else { return nil }
        return (2 + count, bytes[2..<(2 + count)].reduce(0) { $0 << 8 | Int($1) })
    }
}
