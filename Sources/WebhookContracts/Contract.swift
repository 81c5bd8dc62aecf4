/// What one provider promises about its webhooks, as data: the oracle of every verdict.
package struct Contract: Sendable {
    /// The provider's name as people write it, such as `One Click Contractor`.
    package var provider: String
    /// The provider's folder name: lower-case letters and digits.
    package var slug: String
    /// The documents the clauses cite.
    package var documents: [String]
    /// The file this contract was read from.
    package var path: String
    /// SHA-256 of the file, as lower-case hex, so that a verdict names the contract it rests on.
    package var fingerprint: String
    /// The variants that were applied, in order.
    package var appliedVariants: [String]
    /// Every variant the file offers.
    package var variants: [VariantSummary]

    package var transport: TransportTerms
    package var endpoint: EndpointTerms
    package var gates: [Gate]
    package var events: [EventTerms]
    package var publication: PublicationTerms
    package var headers: [HeaderTerms]
    package var body: BodyTerms
    package var signature: SignatureTerms
    package var responseLimit: Clause<ResponseLimit>
    /// How long after the event the first attempt may start.
    package var latency: Clause<Duration>
    package var success: Clause<StatusSet>
    package var retry: RetryTerms
    package var dedup: Clause<DedupKey>
    package var guarantee: Clause<Guarantee>
    package var ordering: Clause<Ordering>
    package var disablement: DisablementTerms
    package var deliveryLog: Clause<DeliveryLogTerms>

    /// The compiled schema that `body.schema` names; `nil` when there is none.
    package var payloadSchema: PayloadSchema?

    /// The terms of the event type called `name`, or `nil` when the contract does not know it.
    package func event(named name: String) -> EventTerms? {
        events.first { $0.name == name }
    }

    /// The header that carries `value`, or `nil` when none is stated or inferred to.
    package func header(carrying value: HeaderValue) -> HeaderTerms? {
        headers.first { $0.value.value == value }
    }
}

/// One edition or variant of a contract: what it is called and when it applies.
package struct VariantSummary: Sendable, Hashable {
    package var name: String
    package var says: String

    package init(name: String, says: String) {
        self.name = name
        self.says = says
    }
}
