import DeliveryEvidence

extension JudgingContext {
    /// One line for each attempt of a delivery: when it came, what it got, how it ended.
    func timeline(of delivery: Delivery) -> [String] { timeline(of: delivery.attempts) }

    func timeline(of attempts: [AttemptView]) -> [String] {
        attempts.prefix(20).map(line) + (attempts.count > 20 ? ["… and \(attempts.count - 20) more attempts"] : [])
    }

    private func line(_ attempt: AttemptView) -> String {
        let asked = attempt.receipt?.asked ?? "no answer recorded"
        let ended = attempt.ended.map { "over at \(text($0))" } ?? "never over"
        return "#\(attempt.ordinal) at \(text(attempt.began)), \(asked), \(ended): \(attempt.receiverResult.words)"
    }
}
