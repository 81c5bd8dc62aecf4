import CurlTransport
import FoundationEssentials
import Notation
import ReferenceDispatching
import Synchronization
import WebhookContracts
import WebhookSigning

/// Signs the body as another program would have written it.
struct SignsReserialisedJSON: DispatchPolicy {
    let contract: Contract
    func bodyToSign(_ sent: [UInt8], in attempt: Attempt) -> [UInt8] {
        guard let value = try? JSONValue.parse(sent) else { return sent + Array(" ".utf8) }
        return Array(value.spaced().utf8)
    }
}

/// Writes signatures in upper-case hex.
struct SignsInUpperCase: DispatchPolicy {
    let contract: Contract
    func signature(of input: SigningInput, for endpoint: Endpoint) throws(SigningError) -> String? {
        guard let secret = secret(of: endpoint), var scheme = contract.signatureScheme else { return nil }
        if scheme.encoding == .hexLower { scheme.encoding = .hexUpper }
        return try scheme.sign(input, key: secret)
    }
}

/// Writes signatures in the other common encoding: base64 for hex, hex for base64.
struct SignsInAnotherEncoding: DispatchPolicy {
    let contract: Contract
    func signature(of input: SigningInput, for endpoint: Endpoint) throws(SigningError) -> String? {
        guard let secret = secret(of: endpoint), var scheme = contract.signatureScheme else { return nil }
        scheme.encoding = scheme.encoding == .base64 ? .hexLower : .base64
        return try scheme.sign(input, key: secret)
    }
}

/// Sends an empty signature where there is no secret.
struct SendsEmptySignatures: DispatchPolicy {
    let contract: Contract
    func signature(of input: SigningInput, for endpoint: Endpoint) throws(SigningError) -> String? {
        try ContractPolicy(contract).signature(of: input, for: endpoint) ?? ""
    }
}

/// Never signs.
struct NeverSigns: DispatchPolicy {
    let contract: Contract
    func secret(of endpoint: Endpoint) -> SigningKey? { nil }
}

/// Claims another algorithm than it signs with.
struct MisnamesTheAlgorithm: DispatchPolicy {
    let contract: Contract
    func headerFields(_ parts: HeaderParts, in attempt: Attempt) -> [HeaderField] {
        contract.headerFields(parts).map { $0.value == "hmac-sha256" ? HeaderField($0.name, "hmac-sha512") : $0 }
    }
}

/// Signs the deliveries of all endpoints with the first secret it saw.
final class SharesOneSecret: DispatchPolicy {
    let contract: Contract
    private let first = Mutex<SigningKey?>(nil)

    init(contract: Contract) {
        self.contract = contract
    }

    func secret(of endpoint: Endpoint) -> SigningKey? {
        guard let own = endpoint.secret else { return nil }
        return first.withLock { first in
            if first == nil { first = own }
            return first
        }
    }
}

/// Repeats the time and the signature of the first attempt on every other one.
struct RepeatsTheFirstSignature: DispatchPolicy {
    let contract: Contract
    func headerFields(_ parts: HeaderParts, in attempt: Attempt) -> [HeaderField] {
        guard let time = contract.header(carrying: .timestamp)?.name else { return contract.headerFields(parts) }
        let first = String(Int(attempt.firstStartedAt.timeIntervalSince1970.rounded(.down)))
        var repeated = parts
        let input = SigningInput(body: bodyToSend(in: attempt), id: eventID(in: attempt), timestamp: first)
        repeated.signature = (try? signature(of: input, for: attempt.endpoint)) ?? parts.signature
        return contract.headerFields(repeated).map { $0.isNamed(time) ? HeaderField($0.name, first) : $0 }
    }
}

/// Signs the body alone, without the id and the time of the attempt.
struct SignsTheBodyAlone: DispatchPolicy {
    let contract: Contract
    func signature(of input: SigningInput, for endpoint: Endpoint) throws(SigningError) -> String? {
        guard let secret = secret(of: endpoint), var scheme = contract.signatureScheme else { return nil }
        scheme.content = .body
        return try scheme.sign(input, key: secret)
    }
}

let signatureMutants = [
    Mutant(
        name: "signs-reserialised-json",
        breaks: "The signature covers exactly the bytes that are sent.",
        caughtBy: ["signature.bytes"],
        hunts: ["contentspal/awkward-data"],
        policy: { SignsReserialisedJSON(contract: $0) }
    ),
    Mutant(
        name: "signs-in-upper-case",
        breaks: "Signatures are in lower-case hex.",
        caughtBy: ["signature.encoding"],
        hunts: ["contentspal/accepted"],
        alsoTrips: [
            "signature.bytes": "A signature in another encoding does not verify."
        ],
        policy: { SignsInUpperCase(contract: $0) }
    ),
    Mutant(
        name: "signs-in-another-encoding",
        breaks: "Signatures have the encoding of the contract.",
        caughtBy: ["signature.encoding"],
        hunts: ["jobber/accepted"],
        alsoTrips: [
            "signature.bytes": "A signature in another encoding does not verify."
        ],
        policy: { SignsInAnotherEncoding(contract: $0) }
    ),
    Mutant(
        name: "sends-empty-signatures",
        breaks: "Without a secret there is no signature header.",
        caughtBy: ["signature.absent-without-secret"],
        hunts: ["contentspal/without-secret"],
        policy: { SendsEmptySignatures(contract: $0) }
    ),
    Mutant(
        name: "never-signs",
        breaks: "With a secret every delivery is signed.",
        caughtBy: ["signature.bytes"],
        hunts: ["jobber/accepted"],
        alsoTrips: [
            "headers.present-once": "The signature header is one that the contract lists."
        ],
        policy: { NeverSigns(contract: $0) }
    ),
    Mutant(
        name: "misnames-the-algorithm",
        breaks: "The algorithm header names the algorithm of the signature.",
        caughtBy: ["signature.algorithm-header"],
        hunts: ["siteservicesnow/accepted"],
        policy: { MisnamesTheAlgorithm(contract: $0) }
    ),
    Mutant(
        name: "repeats-the-first-signature",
        breaks: "Every attempt has a time and a signature of its own.",
        caughtBy: ["signature.per-attempt"],
        hunts: ["standard-webhooks/server-error"],
        policy: { RepeatsTheFirstSignature(contract: $0) }
    ),
    Mutant(
        name: "signs-the-body-alone",
        breaks: "The signature covers the id and the time as well as the body.",
        caughtBy: ["signature.content"],
        hunts: ["standard-webhooks/accepted"],
        alsoTrips: [
            "signature.bytes": "A signature over other content does not verify."
        ],
        policy: { SignsTheBodyAlone(contract: $0) }
    ),
    Mutant(
        name: "shares-one-secret",
        breaks: "Each endpoint's deliveries are signed with its own secret.",
        caughtBy: ["signature.own-secret"],
        hunts: ["siteservicesnow/one-fails"],
        alsoTrips: [
            "signature.bytes": "The signature does not verify with the endpoint's own secret."
        ],
        policy: { SharesOneSecret(contract: $0) }
    ),
]
