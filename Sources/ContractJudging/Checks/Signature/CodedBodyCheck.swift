import DeliveryEvidence
import WebhookContracts
import WebhookSigning

/// S14: of a packed body, the bytes are signed that the contract says.
enum CodedBodyCheck {
    static let check = Check(
        "signature.coded-body",
        codes: ["S14"],
        title: "Where bodies are packed, the signature covers the packed or the unpacked bytes, as promised.",
        asks: """
            Content-Encoding names the stated coding, the body unpacks, and the signature verifies over the stated bytes.
            """
    ) { context in
        let coding = context.contract.body.coding
        return context.attempts.flatMap { attempt -> [Finding] in
            guard attempt.isWhole, !attempt.arrived.bodyRedacted else { return [] }
            let subject = context.subject(of: attempt)
            let named = attempt.arrived.values(of: "Content-Encoding").joined(separator: ", ")
            guard !named.isEmpty || coding.value != nil else { return [] }
            return [packed(named, attempt, subject, coding), signed(attempt, subject, context)].compactMap(\.self)
        }
    }

    private static func packed(
        _ named: String,
        _ attempt: AttemptView,
        _ subject: String,
        _ coding: Clause<BodyCoding>
    ) -> Finding? {
        guard let wanted = coding.value else {
            return coding.isUnstated
                ? .unstated(subject, "That bodies are packed is not stated; Content-Encoding was \(named.quoted).")
                : nil
        }
        guard named.lowercased() == wanted.rawValue else {
            let saw = named.isEmpty ? "there is no Content-Encoding" : "Content-Encoding is \(named.quoted)"
            return .violated(subject, "Bodies are to be packed with \(wanted.rawValue), and \(saw).", by: coding.basis)
        }
        if let problem = attempt.body.unpackingProblem {
            return .violated(subject, "The body does not unpack: \(problem).", by: coding.basis)
        }
        let sizes = "\(attempt.arrived.body.bytes.count) bytes unpack to \(attempt.body.bytes.count)"
        return .held(subject, "The body is packed with \(wanted.rawValue): \(sizes).", by: coding.basis)
    }

    private static func signed(_ attempt: AttemptView, _ subject: String, _ context: JudgingContext) -> Finding? {
        let clause = context.contract.signature.covers
        guard attempt.body.isUnpacked, attempt.body.unpackingProblem == nil,
            let signed = SignedAttempt(attempt, in: context),
            signed.value != nil, signed.obstacle == nil
        else { return nil }
        let stated = StatedScheme(context.contract.signature)
        let covers = SignedCoding.allCases.filter { coding in
            var input = signed.input
            input.body = coding == .coded ? attempt.arrived.body.bytes : attempt.body.bytes
            return stated.candidates.contains { signed.verifies($0, input: input) }
        }
        guard let wanted = clause.value else {
            guard clause.isUnstated else { return nil }
            let saw = covers.first.map { "the \($0.rawValue) ones are" } ?? "neither are"
            return .unstated(subject, "Which bytes of a packed body are signed is not stated; \(saw).")
        }
        if covers.contains(wanted) {
            return .held(subject, "The signature covers the \(wanted.rawValue) bytes.", by: clause.basis)
        }
        // A signature that covers neither is told of by the check of its bytes.
        guard let other = covers.first else { return nil }
        let text = "The signature covers the \(other.rawValue) bytes instead of the \(wanted.rawValue) ones."
        return .violated(subject, text, by: clause.basis)
    }
}
