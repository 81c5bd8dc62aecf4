package import WebhookContracts
package import WebhookSigning

/// What the dispatcher does where a contract says nothing.
///
/// The choices are those that Standard Webhooks 1.0.0 recommends, as far as it recommends any; a choice of our own says
/// so.
package enum SilentContractDefaults {
    /// Endpoints may have plain URLs: Standard Webhooks advises https and does not demand it.
    package static let scheme = SchemeRule.httpOrHTTPS
    /// Deliveries are POST requests.
    package static let method = "POST"
    /// A redirect is a failed attempt.
    package static let redirects = RedirectRule.refused
    /// How many redirects are followed where a contract follows them without a count; our own choice.
    package static let redirectCount = 5
    /// Certificates are verified; our own choice, and the only safe one.
    package static let certificates = CertificateRule.verified
    /// TLS 1.2 and newer (RFC 8996).
    package static let tls = TLSRule.version1Point2
    /// Any number of endpoints.
    package static let count = EndpointCount.any
    /// An endpoint may choose its events and gets all of them when it chooses none; our own choice.
    package static let requiresChosenEvents = false
    /// A new endpoint is active.
    package static let initialState = EndpointState.active
    /// Bodies are JSON.
    package static let format = BodyFormat.json
    /// The time a receiver has, in all.
    ///
    /// Standard Webhooks says 15 to 30 seconds; the shorter end keeps the queue moving.
    package static let responseLimit = Duration.seconds(15)
    /// 200 to 299 and nothing else.
    package static let success = StatusSet(ranges: [200...299])
    /// The example schedule of Standard Webhooks: ten attempts in a little over three days.
    ///
    /// No jitter is added, so that a schedule can be foretold; Standard Webhooks recommends some.
    package static let delays: [Duration] = [
        .seconds(5), .seconds(5 * 60), .seconds(30 * 60), .seconds(2 * 3600), .seconds(5 * 3600), .seconds(10 * 3600),
        .seconds(14 * 3600), .seconds(20 * 3600), .seconds(24 * 3600),
    ]
    /// Waits count from the end of the previous attempt; our own choice.
    package static let countedFrom = RetryOrigin.previousFailure
    /// Every kind of failure is tried again.
    package static let failures = FailureClass.allCases
    /// Every retry is signed anew, with its own time.
    package static let perAttempt = AttemptSigning.fresh
    /// A changed secret signs beside the new one for a day, where the header has room for two; our own choice.
    package static let rotation = Duration.seconds(24 * 3600)
    /// An accepted event arrives at least once; our own choice.
    package static let guarantee = Guarantee.atLeastOnce
    /// How deliveries are signed where a contract names a header and leaves the rest open.
    ///
    /// HMAC-SHA256 of the body in lower-case hex, the secret used as text: our own choice, the commonest.
    package static let signatureScheme = SignatureScheme()
    /// The User-Agent, where the contract states none.
    package static let userAgent = "webhook-dispatcher/1.0"
    /// The header that carries the event's id, as Standard Webhooks has it.
    package static let idHeader = "webhook-id"
    /// The header that carries the time of the attempt in seconds since 1970, as Standard Webhooks has it.
    package static let timestampHeader = "webhook-timestamp"
    /// The header that carries the signature, as Standard Webhooks has it.
    package static let signatureHeader = "webhook-signature"
    /// For how long an endpoint is left alone that answers 429 without `Retry-After`; our own choice.
    package static let throttling = Duration.seconds(60)
    /// When an endpoint is switched off where the contract only announces that it may be.
    ///
    /// At least 20 attempts ended within an hour and four of five of them failed. Our own choice.
    package static let disablement = DisablementPolicy(window: .seconds(3600), minimum: 20, share: 0.8)
    /// Where nothing at all is announced no endpoint is switched off for its failures, but one is that answers 410.
    package static let disabling = StatusSet(ranges: [410...410])
}
