import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Foundation
import MockReceivers
import Notation
import ReceiverConsole
import WebhookContracts
import WebhookSigning

/// Says what signatures are worth by a contract.
///
/// It reads a contract as the judge does, and judges one request at a time.
struct ContractSignatures: Sendable {
    private let contract: Contract
    private let key: SigningKey?
    private let stated: StatedScheme

    init(_ contract: Contract, secret: String?) {
        self.contract = contract
        key = secret.map { SigningKey($0) }
        stated = StatedScheme(contract.signature)
    }

    /// Says that a signature can be told from a wrong one.
    var canJudge: Bool { contract.signature.header.value != nil && key != nil }

    /// What the signature of a request is worth.
    ///
    /// - Parameter isExplained: looks for what a wrong signer might have done, which takes up to some tenths of a second.
    func finding(headers: [HeaderLine], body: [UInt8], isExplained: Bool) -> ReceivedSignature {
        let terms = contract.signature
        guard let header = terms.header.value else {
            let says = terms.header.isUnstated ? "says nothing of signatures" : "says that nothing is signed"
            return .unchecked("The contract \(says).")
        }
        let values = values(of: header, in: headers)
        guard let value = values.first else { return .absent(header: header) }
        guard values.count == 1 else {
            return .wrong("The header \(header) is given \(values.count) times.", hints: [])
        }
        guard let key else { return .unchecked("No secret was given; name one with --secret.") }
        let input = input(headers, body)
        guard let scheme = stated.scheme else { return open(value, input, key) }
        switch scheme.verify(header: value, input: input, key: key) {
        case .valid: return .valid(reading: nil)
        case .invalid(.notVerifiable(.unusableKey(let reason))):
            return .unchecked("The secret cannot be used: \(reason).")
        case .invalid(let fault):
            let hints =
                isExplained
                ? SignatureDiagnosis.explanations(header: value, scheme: scheme, input: input, key: key) : []
            return .wrong(fault.description, hints: hints)
        }
    }

    /// Tries every scheme that the contract leaves open.
    private func open(_ value: String, _ input: SigningInput, _ key: SigningKey) -> ReceivedSignature {
        let parts = stated.unstated.joined(separator: ", ")
        let fitting = stated.candidates.first { $0.verify(header: value, input: input, key: key).isValid }
        guard let fitting else {
            return .wrong("No likely reading of it verifies; the contract does not state: \(parts).", hints: [])
        }
        return .valid(reading: "It verifies as \(StatedScheme.words(fitting)); the contract does not state: \(parts).")
    }

    private func input(_ headers: [HeaderLine], _ body: [UInt8]) -> SigningInput {
        let id = contract.header(carrying: .eventID) ?? contract.header(carrying: .deliveryID)
        let coversEnvelope = stated.candidates.contains { $0.content == .envelopeJSON }
        return SigningInput(
            body: body,
            id: id.flatMap { values(of: $0.name, in: headers).first },
            timestamp: contract.header(carrying: .timestamp).flatMap { values(of: $0.name, in: headers).first },
            envelopeJSON: coversEnvelope ? envelope(body, headers) : nil
        )
    }

    /// A body that cannot be read has no envelope, which the verdict then says.
    private func envelope(_ body: [UInt8], _ headers: [HeaderLine]) -> [UInt8]? {
        let mediaType = values(of: "Content-Type", in: headers).first
        let judged = JudgedBody(bytes: body, stated: contract.body.format.value, mediaType: mediaType)
        return judged.value.map { Array($0.compact().utf8) }
    }

    private func values(of name: String, in headers: [HeaderLine]) -> [String] {
        let wanted = name.lowercased()
        return headers.filter { $0.name.lowercased() == wanted }.map(\.value)
    }
}

extension ContractSignatures: SignatureReading {
    /// What rules of a script ask; without a secret nothing is valid, which a script with such rules is refused for.
    func state(of request: RequestFacts) -> RequestPattern.SignatureState {
        switch finding(headers: request.headers, body: request.body, isExplained: false) {
        case .valid: .valid
        case .absent: .absent
        case .wrong, .unchecked: .invalid
        }
    }
}

extension ContractSignatures {
    /// What the page asks.
    var inspection: SignatureInspection {
        { arrived, _ in
            guard arrived.malformed == nil, arrived.bodyEnd != nil else { return nil }
            let finding = finding(headers: arrived.headers, body: arrived.body.bytes, isExplained: false)
            let reason = finding.reason ?? "The signature verifies."
            return switch finding {
            case .valid: SignatureFinding(state: .valid, reason: reason)
            case .wrong: SignatureFinding(state: .invalid, reason: reason)
            case .absent: SignatureFinding(state: .absent, reason: reason)
            case .unchecked: nil
            }
        }
    }
}
