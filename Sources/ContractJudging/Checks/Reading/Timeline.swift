import DeliveryEvidence

extension JudgingContext {
    /// One line for each attempt of a delivery: when it came, what it got, how it ended.
    func timeline(of delivery: Delivery) -> [String] { timeline(of: delivery.attempts) }

    func timeline(of attempts: [AttemptView]) -> [String] {
        let isMixed = Set(attempts.prefix(20).map { delivery(of: $0)?.subject }).count > 1
        return attempts.prefix(20).map { line($0, named: isMixed ? subject(of: $0) : "#\($0.ordinal)") }
            + (attempts.count > 20 ? ["… and \(attempts.count - 20) more attempts"] : [])
    }

    private func line(_ attempt: AttemptView, named name: String) -> String {
        let asked = attempt.receipt?.asked ?? "no answer recorded"
        let ended = attempt.ended.map { "over at \(text($0))" } ?? "never over"
        return "\(name) at \(text(attempt.began)), \(asked), \(ended): \(attempt.receiverResult.words)"
    }
}
