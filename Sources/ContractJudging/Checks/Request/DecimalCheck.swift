import DeliveryEvidence
import Notation
import WebhookContracts

/// R14: numbers survive being written into a form.
enum DecimalCheck {
    private static let basis = Basis(
        inferredBecause: "an amount that arrives as another amount is wrong, and a form cannot say that it was rounded"
    )

    static let check = Check(
        "body.decimals",
        codes: ["R14"],
        title: "Numbers arrive in a form with the digits that they were handed over with.",
        asks: "Decimals, trailing zeros, exponents and integers beyond 2^53 stand in the form digit for digit."
    ) { context in
        context.attempts.compactMap { attempt in
            guard attempt.isWhole, attempt.body.format == .form, !attempt.arrived.bodyRedacted,
                let body = attempt.body.value, let emission = context.emission(of: attempt),
                let payload = emission.payload
            else { return nil }
            let numbers = PreservationCheck.owed(of: payload, type: emission.type, context.contract).filter {
                if case .number = $0.value { true } else { false }
            }
            guard !numbers.isEmpty else { return nil }
            let subject = context.subject(of: attempt)
            let problems = numbers.compactMap { leaf -> String? in
                guard let came = body[leaf.pointer]?.stringValue, came != leaf.text else { return nil }
                return "\(leaf.pointer.text) is \(came.quoted), not \(leaf.text)"
            }
            guard let first = problems.first else {
                return .held(subject, "\(numbers.count) numbers arrived with the same digits.", by: basis)
            }
            let details = problems.dropFirst().prefix(9).map { "Also \($0)." }
            return .violated(subject, "A number was changed in the form: \(first).", details: details, by: basis)
        }
    }
}
