import CurlTransport
import FoundationEssentials
import ReferenceDispatching
import WebhookContracts
import WebhookSigning

/// Stamps attempts in milliseconds.
struct StampsMilliseconds: DispatchPolicy {
    let contract: Contract
    func timestamp(of attempt: Attempt) -> String {
        String(Int(attempt.startedAt.timeIntervalSince1970 * 1000))
    }
}

/// Takes local time for UTC where it stamps attempts.
struct StampsLocalTime: DispatchPolicy {
    let contract: Contract
    func timestamp(of attempt: Attempt) -> String {
        String(Int(attempt.startedAt.timeIntervalSince1970.rounded(.down)) + 3600)
    }
}

/// Draws ids with the full stop in them that separates what is signed.
struct PutsStopsIntoIDs: DispatchPolicy {
    let contract: Contract
    func newEventID() -> String { ContractPolicy(contract).newEventID().replacing("evt_", with: "evt.") }
    func signature(of input: SigningInput, for endpoint: Endpoint) throws(SigningError) -> String? {
        guard let secret = secret(of: endpoint), var scheme = contract.signatureScheme else { return nil }
        scheme.content = .body
        let body = Array("\(input.id ?? "").\(input.timestamp ?? "").".utf8) + input.body
        return try scheme.sign(SigningInput(body: body), key: secret)
    }
}

/// Drops the old secret at the moment of the change.
struct ForgetsTheOldSecret: DispatchPolicy {
    let contract: Contract
    func formerSecret(of endpoint: Endpoint, at now: Date) -> SigningKey? { nil }
}

/// Goes on signing with the old secret for ever.
struct KeepsTheOldSecret: DispatchPolicy {
    let contract: Contract
    func formerSecret(of endpoint: Endpoint, at now: Date) -> SigningKey? { endpoint.former }
}

/// Puts the old secret's signature first, where receivers look that read one only.
struct SignsWithTheOldSecretFirst: DispatchPolicy {
    let contract: Contract
    func signature(of input: SigningInput, for endpoint: Endpoint) throws(SigningError) -> String? {
        let signature = try ContractPolicy(contract).signature(of: input, for: endpoint)
        return signature.map { $0.split(separator: " ").reversed().joined(separator: " ") }
    }
}

/// Signs each attempt's body as it was on the first attempt.
struct SignsTheFirstBody: DispatchPolicy {
    let contract: Contract
    func bodyToSign(_ sent: [UInt8], in attempt: Attempt) -> [UInt8] {
        var first = attempt
        first.number = 1
        first.startedAt = attempt.firstStartedAt
        return bodyToSend(in: first)
    }
}

/// Digests the body as it would stand in a file.
struct DigestsALineMore: DispatchPolicy {
    let contract: Contract
    func contentDigest(of body: [UInt8]) -> String { ContentDigest.sha256.field(for: body + [0x0A]) }
}

/// Signs everything but the digest of the body.
struct LeavesTheDigestUnsigned: DispatchPolicy {
    let contract: Contract
    func coveredComponents() -> [String] {
        ContractPolicy(contract).coveredComponents().filter { $0 != "content-digest" }
    }
}

/// Signs the unpacked body where the packed one is promised, and the other way round.
struct SignsTheOtherCoding: DispatchPolicy {
    let contract: Contract
    func signedCoding() -> SignedCoding {
        ContractPolicy(contract).signedCoding() == .coded ? .decoded : .coded
    }
}

let signedPartMutants = [
    Mutant(
        name: "stamps-milliseconds",
        breaks: "The timestamp is in seconds.",
        caughtBy: ["signature.timestamp"],
        hunts: ["exemplar/retried"],
        policy: { StampsMilliseconds(contract: $0) }
    ),
    Mutant(
        name: "stamps-local-time",
        breaks: "The timestamp is near the receiver's clock.",
        caughtBy: ["signature.timestamp"],
        hunts: ["exemplar/retried"],
        policy: { StampsLocalTime(contract: $0) }
    ),
    Mutant(
        name: "puts-stops-into-ids",
        breaks: "No id contains the full stop that separates what is signed.",
        caughtBy: ["signature.unambiguous"],
        hunts: ["exemplar/accepted"],
        alsoTrips: ["signature.bytes": "a signature that can be split in two ways proves neither"],
        policy: { PutsStopsIntoIDs(contract: $0) }
    ),
    Mutant(
        name: "forgets-the-old-secret",
        breaks: "After a change of the secret both sign for a while.",
        caughtBy: ["signature.rotation"],
        hunts: ["exemplar/rotated"],
        policy: { ForgetsTheOldSecret(contract: $0) }
    ),
    Mutant(
        name: "keeps-the-old-secret",
        breaks: "The old secret signs no longer than promised.",
        caughtBy: ["signature.rotation"],
        hunts: ["exemplar/rotated"],
        policy: { KeepsTheOldSecret(contract: $0) }
    ),
    Mutant(
        name: "signs-with-the-old-secret-first",
        breaks: "The current secret's signature comes first.",
        caughtBy: ["signature.rotation"],
        hunts: ["exemplar/rotated"],
        policy: { SignsWithTheOldSecretFirst(contract: $0) }
    ),
    Mutant(
        name: "signs-the-first-body",
        breaks: "A body that changes with the attempt is signed as it is.",
        caughtBy: ["signature.changing-body"],
        hunts: ["exemplar/changing-body"],
        alsoTrips: [
            "signature.bytes": "the signature is not that of the bytes that came",
            "signature.per-attempt": "the retry's signature does not verify",
        ],
        reported: ["reapit/foundations#11108"],
        policy: { SignsTheFirstBody(contract: $0) }
    ),
    Mutant(
        name: "digests-a-line-more",
        breaks: "Content-Digest is that of the body that is sent.",
        caughtBy: ["signature.digest"],
        hunts: ["exemplar/message-signatures"],
        policy: { DigestsALineMore(contract: $0) }
    ),
    Mutant(
        name: "leaves-the-digest-unsigned",
        breaks: "A message signature covers the digest of the body.",
        caughtBy: ["signature.digest"],
        hunts: ["exemplar/message-signatures"],
        policy: { LeavesTheDigestUnsigned(contract: $0) }
    ),
    Mutant(
        name: "signs-the-other-coding",
        breaks: "Of a packed body the bytes are signed that the contract says.",
        caughtBy: ["signature.coded-body"],
        hunts: ["exemplar/packed", "exemplar/packed-signed-plain"],
        alsoTrips: [
            "signature.bytes": "the signature is not that of the bytes that are promised to be signed",
            "signature.per-attempt": "the retry's signature does not verify",
        ],
        policy: { SignsTheOtherCoding(contract: $0) }
    ),
]
