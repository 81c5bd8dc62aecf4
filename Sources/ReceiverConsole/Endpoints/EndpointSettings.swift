package import DeliveryScenarios

/// What the endpoints of a registry have in common.
package struct EndpointSettings: Sendable {
    /// How many endpoints may be open at a time.
    package var most: Int
    /// The folder for the evidence of endpoints that ask for a file; `nil` refuses them.
    package var evidenceFolder: String?
    /// What identifies a delivery when the script does not say.
    package var keys: [DeliveryKeySource]

    /// Makes settings for at least one endpoint.
    package init(
        most: Int = 1000,
        evidenceFolder: String? = nil,
        keys: [DeliveryKeySource] = EndpointSettings.usualKeys
    ) {
        self.most = max(most, 1)
        self.evidenceFolder = evidenceFolder
        self.keys = keys
    }

    /// Headers by which senders in the field identify an event and repeat it with each attempt.
    ///
    /// Standard Webhooks, GitHub, Shopify, CloudEvents (HTTP binding), and the draft of the IETF for idempotency.
    package static let usualKeys: [DeliveryKeySource] = [
        .header("Webhook-Id"), .header("X-GitHub-Delivery"), .header("X-Shopify-Webhook-Id"), .header("Ce-Id"),
        .header("Idempotency-Key"),
    ]
}
