import CurlTransport
import FoundationEssentials
import Notation
import ReferenceDispatching
import WebhookContracts
import WebhookSigning

/// Escapes every character that is not ASCII before it signs, and sends them as they are.
struct SignsEscapedText: DispatchPolicy {
    let contract: Contract
    func bodyToSign(_ sent: [UInt8], in attempt: Attempt) -> [UInt8] {
        String(decoding: sent, as: UTF8.self).unicodeScalars.flatMap { scalar -> [UInt8] in
            if scalar.isASCII { return [UInt8(ascii: scalar)] }
            return String(scalar).utf16.flatMap { Array("\\u\(String($0, radix: 16))".utf8) }
        }
    }
}

/// Signs the start of a body only, as far as its buffer reaches.
struct SignsTheFirstBuffer: DispatchPolicy {
    let contract: Contract
    func bodyToSign(_ sent: [UInt8], in attempt: Attempt) -> [UInt8] { Array(sent.prefix(64 * 1024)) }
}

/// Keys the signature with the secret's text although its bytes are meant.
struct KeysWithTheText: DispatchPolicy {
    let contract: Contract
    func signature(of input: SigningInput, for endpoint: Endpoint) throws(SigningError) -> String? {
        guard let secret = secret(of: endpoint), var scheme = contract.signatureScheme else { return nil }
        scheme.keyForm = .text
        return try scheme.sign(input, key: secret)
    }
}

/// Leaves the padding of base64 away.
struct ForgetsThePadding: DispatchPolicy {
    let contract: Contract
    func signature(of input: SigningInput, for endpoint: Endpoint) throws(SigningError) -> String? {
        let signature = try ContractPolicy(contract).signature(of: input, for: endpoint)
        return signature.map { String($0.prefix { $0 != "=" }) }
    }
}

/// Sends the bare signature without the prefix that the contract puts before it.
struct ForgetsThePrefix: DispatchPolicy {
    let contract: Contract
    func signature(of input: SigningInput, for endpoint: Endpoint) throws(SigningError) -> String? {
        guard let secret = secret(of: endpoint), var scheme = contract.signatureScheme else { return nil }
        scheme.prefix = ""
        return try scheme.sign(input, key: secret)
    }
}

/// Sends the prefix alone where there is no secret.
struct SendsTheBarePrefix: DispatchPolicy {
    let contract: Contract
    func signature(of input: SigningInput, for endpoint: Endpoint) throws(SigningError) -> String? {
        try ContractPolicy(contract).signature(of: input, for: endpoint) ?? contract.signatureScheme?.prefix
    }
}

/// Signs with another algorithm than its header names.
struct SignsWithAnotherAlgorithm: DispatchPolicy {
    let contract: Contract
    func signature(of input: SigningInput, for endpoint: Endpoint) throws(SigningError) -> String? {
        guard let secret = secret(of: endpoint), var scheme = contract.signatureScheme else { return nil }
        scheme.algorithm = .hmacSHA512
        return try scheme.sign(input, key: secret)
    }
}

/// Leaves the header away that names the algorithm.
struct KeepsTheAlgorithmToItself: DispatchPolicy {
    let contract: Contract
    func headerFields(_ parts: HeaderParts, in attempt: Attempt) -> [HeaderField] {
        contract.headerFields(parts).filter { $0.value != "hmac-sha256" }
    }
}

/// Stamps every attempt with the time of its event.
struct StampsTheTimeOfTheEvent: DispatchPolicy {
    let contract: Contract
    func headerFields(_ parts: HeaderParts, in attempt: Attempt) -> [HeaderField] {
        guard let time = contract.header(carrying: .timestamp)?.name else { return contract.headerFields(parts) }
        let stamp = String(Int(attempt.event.createdAt.timeIntervalSince1970.rounded(.down)))
        var stamped = parts
        let input = SigningInput(body: bodyToSend(in: attempt), id: eventID(in: attempt), timestamp: stamp)
        stamped.signature = (try? signature(of: input, for: attempt.endpoint)) ?? parts.signature
        return contract.headerFields(stamped).map { $0.isNamed(time) ? HeaderField($0.name, stamp) : $0 }
    }
}

/// Puts a new time on each attempt and keeps the signature of the first.
struct KeepsTheFirstSignature: DispatchPolicy {
    let contract: Contract
    func signature(of input: SigningInput, for endpoint: Endpoint) throws(SigningError) -> String? {
        var input = input
        guard let stamp = input.timestamp.flatMap(Int.init), let id = input.id else {
            return try ContractPolicy(contract).signature(of: input, for: endpoint)
        }
        input.timestamp = String(firstStamps.offer(stamp, for: id))
        return try ContractPolicy(contract).signature(of: input, for: endpoint)
    }

    private let firstStamps = FirstByName<Int>()

    init(contract: Contract) {
        self.contract = contract
    }
}

/// Signs with whichever secret was set last, for all endpoints.
struct SignsWithTheNewestSecret: DispatchPolicy {
    let contract: Contract
    private let newest = NewestOf<SigningKey>()

    init(contract: Contract) {
        self.contract = contract
    }

    func refusal(
        of endpoint: Endpoint,
        besides others: Int,
        guardedBy rules: AddressRules
    ) -> RequestRefusal? {
        if let secret = endpoint.secret { newest.take(secret) }
        return ContractPolicy(contract).refusal(of: endpoint, besides: others, guardedBy: rules)
    }

    func secret(of endpoint: Endpoint) -> SigningKey? { newest.value ?? endpoint.secret }
}

let signingMutants = [
    Mutant(
        name: "signs-escaped-text",
        breaks: "The signature covers the bytes that are sent, also where they are not ASCII.",
        caughtBy: ["signature.bytes"],
        hunts: ["jobber/awkward-payload"],
        reported: ["box/box-python-sdk-gen#596", "grnhse/greenhouse-api-docs#276", "jonpulice/node-shopify-auth#2"],
        policy: { SignsEscapedText(contract: $0) }
    ),
    Mutant(
        name: "signs-the-first-buffer",
        breaks: "The signature covers the whole body, however large.",
        caughtBy: ["signature.every-size"],
        hunts: ["exemplar/large-body"],
        alsoTrips: [
            "signature.bytes": "A signature over a part of the body does not verify."
        ],
        policy: { SignsTheFirstBuffer(contract: $0) }
    ),
    Mutant(
        name: "keys-with-the-text",
        breaks: "The key is the bytes that the secret stands for, not its text.",
        caughtBy: ["signature.bytes"],
        hunts: ["standard-webhooks/accepted"],
        policy: { KeysWithTheText(contract: $0) }
    ),
    Mutant(
        name: "forgets-the-padding",
        breaks: "Base64 ends with the padding that makes it whole.",
        caughtBy: ["signature.encoding"],
        hunts: ["jobber/accepted"],
        alsoTrips: [
            "signature.bytes": "Such a signature does not verify."
        ],
        policy: { ForgetsThePadding(contract: $0) }
    ),
    Mutant(
        name: "forgets-the-prefix",
        breaks: "The signature has the prefix that the contract gives it.",
        caughtBy: ["signature.encoding"],
        hunts: ["contentspal/accepted"],
        alsoTrips: [
            "signature.bytes": "Such a signature does not verify."
        ],
        policy: { ForgetsThePrefix(contract: $0) }
    ),
    Mutant(
        name: "sends-the-bare-prefix",
        breaks: "Without a secret there is no signature header, not even a prefix without a signature.",
        caughtBy: ["signature.absent-without-secret"],
        hunts: ["contentspal/without-secret"],
        policy: { SendsTheBarePrefix(contract: $0) }
    ),
    Mutant(
        name: "signs-with-another-algorithm",
        breaks: "Deliveries are signed with the algorithm that their header names.",
        caughtBy: ["signature.algorithm-header"],
        hunts: ["siteservicesnow/accepted"],
        alsoTrips: [
            "signature.bytes": "Such a signature does not verify.",
            "signature.encoding": "A signature of another algorithm has another length.",
        ],
        policy: { SignsWithAnotherAlgorithm(contract: $0) }
    ),
    Mutant(
        name: "keeps-the-algorithm-to-itself",
        breaks: "A header names the algorithm of the signature.",
        caughtBy: ["signature.algorithm-header"],
        hunts: ["siteservicesnow/accepted"],
        alsoTrips: [
            "headers.present-once": "The header is one that the contract lists."
        ],
        policy: { KeepsTheAlgorithmToItself(contract: $0) }
    ),
    Mutant(
        name: "stamps-the-time-of-the-event",
        breaks: "The signed time is that of the attempt.",
        caughtBy: ["signature.per-attempt"],
        hunts: ["standard-webhooks/server-error"],
        reported: ["argilla-io/argilla#5521", "better-auth/better-auth#8844"],
        policy: { StampsTheTimeOfTheEvent(contract: $0) }
    ),
    Mutant(
        name: "keeps-the-first-signature",
        breaks: "A retry with a new time has a new signature.",
        caughtBy: ["signature.per-attempt"],
        hunts: ["standard-webhooks/server-error"],
        alsoTrips: [
            "signature.bytes": "Such a signature does not verify."
        ],
        reported: ["8x8/jaas_demo#8"],
        policy: { KeepsTheFirstSignature(contract: $0) }
    ),
    Mutant(
        name: "signs-with-the-newest-secret",
        breaks: "Setting up another endpoint changes nothing about how the first one's deliveries are signed.",
        caughtBy: ["signature.own-secret"],
        hunts: ["standard-webhooks/several-endpoints"],
        alsoTrips: [
            "signature.bytes": "The signature does not verify with the endpoint's own secret.",
            "signature.per-attempt": "A fresh signature has to verify, and it does not.",
        ],
        policy: { SignsWithTheNewestSecret(contract: $0) }
    ),
]
