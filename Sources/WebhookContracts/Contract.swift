package import Notation

/// What one provider promises about its webhooks, as data: the oracle of every verdict.
package struct Contract: Sendable {
    /// The provider's name as people write it, such as `One Click Contractor`.
    package var provider: String
    /// The provider's folder name: words of lower-case letters and digits, joined by hyphens.
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

    /// How a delivery travels.
    package var transport: TransportTerms
    /// What a customer configures.
    package var endpoint: EndpointTerms
    /// The conditions under which nothing is published.
    package var gates: [Gate]
    /// The event types, in the order of the file.
    package var events: [EventTerms]
    /// How occurrences become events.
    package var publication: PublicationTerms
    /// What every delivery carries in its head.
    package var headers: [HeaderTerms]
    /// What the body is made of.
    package var body: BodyTerms
    /// How a delivery is signed.
    package var signature: SignatureTerms
    /// How long a receiver may take.
    package var responseLimit: Clause<ResponseLimit>
    /// How long a receiver may take at the first attempt of a delivery, where that is another time.
    package var firstResponseLimit: Clause<ResponseLimit> = .unstated
    /// How long after the event the first attempt may start.
    package var latency: Clause<Duration>
    /// The statuses that acknowledge a delivery.
    package var success: Clause<StatusSet>
    /// When a failed delivery is tried again.
    package var retry: RetryTerms
    /// What receivers find duplicates by.
    package var dedup: Clause<DedupKey>
    /// How hard the provider tries.
    package var guarantee: Clause<Guarantee>
    /// In which order deliveries arrive.
    package var ordering: Clause<Ordering>
    /// When the provider stops by itself.
    package var disablement: DisablementTerms
    /// What the delivery log shows.
    package var deliveryLog: Clause<DeliveryLogTerms>

    /// The compiled schema that `body.schema` names; `nil` when there is none.
    package var payloadSchema: PayloadSchema?
    /// The file's text, so that a report can show where a clause stands; `nil` for a contract made by code.
    package var text: SourceText?

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
    /// What scenarios call it.
    package var name: String
    /// When it applies, as a sentence.
    package var says: String

    /// Makes a variant summary from its parts.
    package init(name: String, says: String) {
        self.name = name
        self.says = says
    }
}
