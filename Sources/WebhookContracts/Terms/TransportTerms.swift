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
    /// The oldest version of TLS that is spoken.
    package var tls: Clause<TLSRule>
    /// How long an attempt may take until its connection stands.
    package var connectLimit: Clause<Duration>
    /// What becomes of deliveries to addresses that are not of the public internet.
    package var privateAddresses: Clause<PrivateAddressRule>

    /// Makes transport terms from their parts; what is left out is unstated.
    package init(
        scheme: Clause<SchemeRule> = .unstated,
        method: Clause<String> = .unstated,
        redirects: Clause<RedirectRule> = .unstated,
        certificates: Clause<CertificateRule> = .unstated,
        tls: Clause<TLSRule> = .unstated,
        connectLimit: Clause<Duration> = .unstated,
        privateAddresses: Clause<PrivateAddressRule> = .unstated
    ) {
        self.scheme = scheme
        self.method = method
        self.redirects = redirects
        self.certificates = certificates
        self.tls = tls
        self.connectLimit = connectLimit
        self.privateAddresses = privateAddresses
    }
}

/// The oldest version of TLS that a dispatcher speaks.
package enum TLSRule: String, Sendable, Hashable, CaseIterable {
    case version1Point2 = "TLS 1.2"
    case version1Point3 = "TLS 1.3"
}

/// What becomes of deliveries to addresses that are not of the public internet: loopback, private, link-local and others.
package enum PrivateAddressRule: String, Sendable, Hashable, CaseIterable {
    /// No connection is ever opened to one, in whatever form a URL names it.
    case blocked
    case allowed
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
