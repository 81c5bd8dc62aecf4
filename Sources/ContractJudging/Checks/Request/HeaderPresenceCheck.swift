import DeliveryEvidence
import Notation
import WebhookContracts
import WebhookSigning

/// R5: every header of the contract is there, once.
enum HeaderPresenceCheck {
    static let check = Check(
        "headers.present-once",
        codes: ["R5"],
        title: "Every documented header is there exactly once, with its documented value.",
        asks: "Names are compared without case; a fixed value is compared byte for byte."
    ) { context in
        context.attempts.flatMap { attempt -> [Finding] in
            guard attempt.arrived.malformed == nil else { return [] }
            let subject = context.subject(of: attempt)
            guard !context.contract.headers.isEmpty else {
                let seen = attempt.arrived.headers.map { VisibleText.of($0.name, atMost: 40) }.joined(separator: ", ")
                return [.unstated(subject, "No headers are stated; these were seen: \(seen).")]
            }
            return context.contract.headers.compactMap { judge($0, attempt, subject, context) }
        }
    }

    private static func judge(
        _ terms: HeaderTerms,
        _ attempt: AttemptView,
        _ subject: String,
        _ context: JudgingContext
    ) -> Finding? {
        let values = attempt.arrived.values(of: terms.name)
        let basis = terms.value.basis
        if terms.value.isNone {
            return values.isEmpty
                ? .held(subject, "\(terms.name) is absent.", by: basis)
                : .violated(subject, "\(terms.name) is promised to be absent and is there.", by: basis)
        }
        if values.isEmpty, isAboutSigning(terms, context), !(context.endpoint(of: attempt)?.hasSecret ?? true) {
            return nil
        }
        guard let value = values.first, values.count == 1 else {
            let saw = values.isEmpty ? "is missing" : "is given \(values.count) times"
            return .violated(subject, "The header \(terms.name) \(saw).", by: basis)
        }
        // What these two say has checks of its own.
        if case .literal(let text) = terms.value.value, !isUserAgent(terms), !namesAlgorithm(terms) {
            guard value.isSameBytes(as: text) else {
                return .violated(subject, "\(terms.name) is \(value.quoted), not \(text.quoted).", by: basis)
            }
        }
        if case .attemptNumber = terms.value.value, Int(value) == nil {
            return .violated(subject, "\(terms.name) is \(value.quoted), which is no number.", by: basis)
        }
        return .held(subject, "\(terms.name) is there once.", by: basis)
    }

    static func isUserAgent(_ terms: HeaderTerms) -> Bool { terms.name.lowercased() == "user-agent" }

    /// Says that a header always holds the name of a signing algorithm.
    static func namesAlgorithm(_ terms: HeaderTerms) -> Bool {
        guard case .literal(let text) = terms.value.value else { return false }
        return SigningAlgorithm(rawValue: text.lowercased()) != nil
    }

    private static func isAboutSigning(_ terms: HeaderTerms, _ context: JudgingContext) -> Bool {
        terms.value.value == .signature || terms.value.value == .signatureInput || namesAlgorithm(terms)
            || terms.name.lowercased() == context.contract.signature.header.value?.lowercased()
    }
}

/// R6: who says it is calling.
enum UserAgentCheck {
    static let check = Check(
        "headers.user-agent",
        codes: ["R6"],
        title: "User-Agent is the documented one.",
        asks: "The header's value is byte for byte the documented text."
    ) { context in
        let terms = context.contract.headers.first(where: HeaderPresenceCheck.isUserAgent)
        return context.attempts.compactMap { attempt in
            guard attempt.arrived.malformed == nil else { return nil }
            let subject = context.subject(of: attempt)
            let values = attempt.arrived.values(of: "User-Agent")
            let seen = values.first.map(\.quoted) ?? "missing"
            guard let terms, case .literal(let wanted)? = terms.value.value else {
                return .unstated(subject, "User-Agent is not stated; it was \(seen).")
            }
            guard values.count == 1, let value = values.first, value.isSameBytes(as: wanted) else {
                return .violated(subject, "User-Agent is \(seen); \(wanted.quoted) is promised.", by: terms.value.basis)
            }
            return .held(subject, "User-Agent is \(wanted.quoted).", by: terms.value.basis)
        }
    }
}
