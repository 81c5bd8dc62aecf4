extension Contract {
    /// Makes a contract that states nothing yet, to be filled in by code instead of from a file.
    package static func silent(provider: String, slug: String, path: String = "contract.yaml") -> Contract {
        Contract(
            provider: provider,
            slug: slug,
            documents: [],
            path: path,
            fingerprint: String(repeating: "0", count: 64),
            appliedVariants: [],
            variants: [],
            transport: TransportTerms(),
            endpoint: EndpointTerms(),
            gates: [],
            events: [],
            publication: PublicationTerms(),
            headers: [],
            body: BodyTerms(),
            signature: SignatureTerms(),
            responseLimit: .unstated,
            latency: .unstated,
            success: .unstated,
            retry: RetryTerms(),
            dedup: .unstated,
            guarantee: .unstated,
            ordering: .unstated,
            disablement: DisablementTerms(),
            deliveryLog: .unstated
        )
    }
}
