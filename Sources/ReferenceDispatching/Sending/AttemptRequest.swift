package import CurlTransport
package import WebhookSigning

extension DispatchPolicy {
    /// Puts an attempt's request together: body, signature, headers and the limits it is sent under.
    ///
    /// - Throws: a `SigningError` when the endpoint's secret cannot be used.
    package func request(for attempt: Attempt, settings: SendingSettings) throws(SigningError) -> TransferRequest {
        let body = bodyToSend(in: attempt)
        let eventID = eventID(in: attempt)
        let timestamp = contract.timestamp(of: attempt)
        let input = SigningInput(
            body: bodyToSign(body, in: attempt),
            id: eventID,
            timestamp: timestamp,
            envelopeJSON: bodyToSign(attempt.event.envelopeJSON, in: attempt)
        )
        let parts = HeaderParts(
            sentName: sentName(of: attempt.event.type),
            eventID: eventID,
            deliveryID: attempt.deliveryID,
            attemptNumber: attemptNumber(of: attempt),
            timestamp: timestamp,
            signature: try signature(of: input, for: attempt.endpoint),
            authorization: authorization(of: attempt.endpoint),
            own: attempt.endpoint.headers
        )
        var request = TransferRequest(
            method: method(),
            url: attempt.endpoint.url,
            headers: headerFields(parts, in: attempt),
            body: body,
            totalLimit: responseLimit()
        )
        request.followsRedirects = followedRedirects()
        request.verifiesCertificates = verifiesCertificates()
        request.trustStore = settings.trustStore
        let addresses = settings.addresses
        request.allowsAddress = { address, _ in addresses.allows(address) }
        return request
    }
}

/// How requests are sent, as far as the person who started the dispatcher decides it.
package struct SendingSettings: Sendable, Hashable {
    /// The path of a PEM file with the authorities to trust in place of the system's; nil trusts the system's.
    package var trustStore: String?
    /// Which addresses may be spoken to.
    package var addresses: AddressRules

    /// Makes settings.
    package init(trustStore: String? = nil, addresses: AddressRules = AddressRules()) {
        self.trustStore = trustStore
        self.addresses = addresses
    }
}
