/// How a delivery travels.
package struct TransportTerms: Sendable, Hashable {
    /// Which URL schemes an endpoint may have.
    package var scheme: Clause<SchemeRule>
    /// The HTTP method, in upper case.
    package var method: Clause<String>
    /// What happens on a 3xx answer.
    package var redirects: Clause<RedirectRule>
    /// What happens when the receiver's certificate does not verify.
    package var certificates: Clause<CertificateRule>

    /// Makes transport terms from their parts; what is left out is unstated.
    package init(
        scheme: Clause<SchemeRule> = .unstated,
        method: Clause<String> = .unstated,
        redirects: Clause<RedirectRule> = .unstated,
        certificates: Clause<CertificateRule> = .unstated
    ) {
        self.scheme = scheme
        self.method = method
        self.redirects = redirects
        self.certificates = certificates
    }
}

/// Which URL schemes an endpoint may have.
package enum SchemeRule: String, Sendable, Hashable, CaseIterable {
    /// Nothing is ever sent to an `http://` URL.
    case httpsOnly = "https only"
    case httpOrHTTPS = "http or https"
}

/// What a dispatcher does with a 3xx answer.
package enum RedirectRule: String, Sendable, Hashable, CaseIterable {
    /// A redirect is a failed attempt; its target is never visited.
    case refused
    case followed
}

/// What a dispatcher does with a certificate that does not verify.
package enum CertificateRule: String, Sendable, Hashable, CaseIterable {
    /// No byte of the request leaves after a handshake that did not verify.
    case verified
    case unverified
}
