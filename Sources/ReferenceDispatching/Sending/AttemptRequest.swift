package import CurlTransport
import FoundationEssentials
import WebhookContracts
package import WebhookSigning

extension DispatchPolicy {
    /// Puts an attempt's request together: body, signature, headers and the limits it is sent under.
    ///
    /// - Throws: a `SigningError` when the endpoint's secret cannot be used.
    package func request(for attempt: Attempt, settings: SendingSettings) throws(SigningError) -> TransferRequest {
        let plain = bodyToSend(in: attempt)
        let body = contract.body.coding.value == .gzip ? GzipEncoding.packed(plain) : plain
        let eventID = eventID(in: attempt)
        let timestamp = timestamp(of: attempt)
        let input = SigningInput(
            body: bodyToSign(signedCoding() == .decoded ? plain : body, in: attempt),
            id: eventID,
            timestamp: timestamp,
            envelopeJSON: bodyToSign(attempt.event.envelopeJSON, in: attempt)
        )
        var signer = attempt.endpoint
        signer.former = formerSecret(of: attempt.endpoint, at: attempt.startedAt)
        var parts = HeaderParts(
            sentName: sentName(of: attempt.event.type),
            eventID: eventID,
            deliveryID: attempt.deliveryID,
            attemptNumber: attemptNumber(of: attempt),
            timestamp: timestamp,
            signature: nil,
            authorization: authorization(of: attempt.endpoint),
            contentDigest: contract.header(carrying: .contentDigest) == nil ? nil : contentDigest(of: body),
            own: attempt.endpoint.headers
        )
        parts.signature = try sign(input, &parts, for: signer, in: attempt)
        var request = TransferRequest(
            method: method(),
            url: target(of: attempt),
            headers: headerFields(parts, in: attempt),
            body: body,
            totalLimit: responseLimit(of: attempt)
        )
        (request.responseBodyCap, request.responseBodyLimit) = answerLimits()
        request.followsRedirects = followedRedirects()
        request.verifiesCertificates = verifiesCertificates()
        request.trustStore = settings.trustStore
        request.oldestTLS = oldestTLS()
        request.connectLimit = connectLimit()
        request.sendsBodyInAnyCase = sendsBodyInAnyCase()
        let addresses = settings.addresses
        request.allowsAddress = { address, _ in mayDial(address, guardedBy: addresses) }
        return request
    }

    /// Signs a request, by an HTTP message signature where the contract has one.
    private func sign(
        _ input: SigningInput,
        _ parts: inout HeaderParts,
        for signer: Endpoint,
        in attempt: Attempt
    ) throws(SigningError) -> String? {
        guard contract.signatureScheme?.content == .messageBase, secret(of: signer) != nil else {
            return try signature(of: input, for: signer)
        }
        let message = OutgoingMessage(
            method: method(),
            url: target(of: attempt),
            headers: headerFields(parts, in: attempt)
        )
        let base = try message.base(covering: coveredComponents(), created: attempt.startedAt)
        let label = contract.signatureScheme?.prefix.prefix { $0 != "=" }
        parts.signatureInput = base.signatureInputField(label: label.map(String.init) ?? "sig1")
        var input = input
        input.messageBase = Array(base.text.utf8)
        return try signature(of: input, for: signer)
    }
}

/// How requests are sent, as far as the person who started the dispatcher decides it.
package struct SendingSettings: Sendable {
    /// The path of a PEM file with the authorities to trust in place of the system's; nil trusts the system's.
    package var trustStore: String?
    /// Which addresses may be spoken to.
    package var addresses: AddressRules
    /// How receivers are reached.
    package var route: Route

    /// Makes settings.
    package init(trustStore: String? = nil, addresses: AddressRules = AddressRules(), route: Route = Route()) {
        self.trustStore = trustStore
        self.addresses = addresses
        self.route = route
    }
}
