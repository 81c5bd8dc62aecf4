import FoundationEssentials
package import WebhookContracts
package import WebhookSigning

extension Contract {
    /// Whether deliveries are signed as Standard Webhooks has it, because the contract says nothing about signing.
    package var signsAsStandardWebhooks: Bool { signature.header.isUnstated }

    /// How deliveries are signed, with nothing left open; nil when the contract says that they are not.
    package var signatureScheme: SignatureScheme? {
        if signature.header.isNone { return nil }
        if signsAsStandardWebhooks { return .standardWebhooks }
        let silent = SilentContractDefaults.signatureScheme
        return SignatureScheme(
            algorithm: signature.algorithm.value ?? silent.algorithm,
            encoding: signature.encoding.value ?? silent.encoding,
            prefix: signature.prefix.value ?? silent.prefix,
            keyForm: signature.key.value ?? silent.keyForm,
            content: signature.content.value ?? silent.content
        )
    }

    /// Why deliveries cannot be signed with a secret; nil when they can, or are not signed at all.
    package func problem(of secret: SigningKey) -> String? {
        guard let scheme = signatureScheme else { return nil }
        let sample = SigningInput(body: [], id: "id", timestamp: "0", envelopeJSON: [], messageBase: [])
        do {
            _ = try scheme.sign(sample, key: secret)
            return nil
        } catch {
            return "the secret cannot be used: \(error.description)"
        }
    }

    /// The header the signature goes in; nil when there is none.
    package var signatureHeader: String? {
        if signature.header.isNone { return nil }
        return signature.header.value ?? SilentContractDefaults.signatureHeader
    }

    /// The time that stands in the headers of an attempt, in seconds since 1970.
    ///
    /// A contract that signs each attempt anew stamps it anew, too.
    /// One that sends the first bytes again keeps their time.
    package func timestamp(of attempt: Attempt) -> String {
        let perAttempt = signature.perAttempt.value ?? SilentContractDefaults.perAttempt
        let time = perAttempt == .fresh ? attempt.startedAt : attempt.firstStartedAt
        return String(Int(time.timeIntervalSince1970.rounded(.down)))
    }
}
