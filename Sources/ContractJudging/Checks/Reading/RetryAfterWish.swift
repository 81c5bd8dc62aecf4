import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// What a receiver asked for with `Retry-After` (RFC 9110 section 10.2.3).
struct RetryAfterWish {
    /// In which form it asked.
    enum Form: Equatable {
        case seconds
        /// A date that lay ahead when the answer was given.
        case date
        /// A date that was over by then.
        case pastDate
        /// Seconds with a fraction, which the RFC does not have.
        case fraction
        /// Something that is no form at all, such as a negative number.
        case rubbish
    }

    /// The longest wait in seconds that is taken for meant.
    static let longestMeant = 31_536_000

    let form: Form
    /// The header's value as it was sent.
    let text: String
    /// The wait it asks for, from the end of the attempt; zero where it asks for none.
    let wait: Duration

    /// The least and the most that the header lets a dispatcher wait, beside what its schedule says.
    ///
    /// - Parameter terms: what the contract makes of it; `nil` when it does not say.
    func bounds(by terms: RetryTerms) -> (least: Duration, most: Duration) {
        if terms.retryAfter.value == .ignored || terms.retryAfter.isNone { return (.zero, .zero) }
        let forms = terms.retryAfterForms.value
        let cap = terms.retryAfterCap.value ?? Duration.seconds(36500 * 86400)
        let most = min(wait, cap)
        // Nobody parks a delivery for a year; what becomes of such a wish has to be stated to be held against anyone.
        let isMeant = wait <= .seconds(Self.longestMeant) || terms.retryAfterCap.value != nil
        let least = terms.retryAfter.value == .honoured && isMeant ? most : .zero
        switch form {
        case .seconds: return forms?.contains(.seconds) == false ? (.zero, .zero) : (least, most)
        case .date: return forms?.contains(.date) == false ? (.zero, .zero) : (least, most)
        case .fraction:
            guard let forms else { return (.zero, most) }
            return forms.contains(.fraction) ? (least, most) : (.zero, .zero)
        case .pastDate, .rubbish: return (.zero, .zero)
        }
    }
}

extension JudgingContext {
    /// What the answer to an attempt asked for; `nil` when it did not, or in a form that is not read here.
    func wish(answeredTo attempt: AttemptView) -> RetryAfterWish? {
        guard let text = retryAfter(answeredTo: attempt), let ended = attempt.ended else { return nil }
        if let date = HTTPDateReading.sinceEpoch(text) {
            guard let start = history.startedAt.flatMap({ WallTime($0)?.sinceEpoch }) else { return nil }
            let wait = date - start - (ended - Stamp(nanoseconds: 0))
            return RetryAfterWish(form: wait > .zero ? .date : .pastDate, text: text, wait: max(.zero, wait))
        }
        if HTTPDateReading.looksLikeDate(text) { return nil }
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let isDigits = parts.allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        guard isDigits, let whole = parts.first else { return RetryAfterWish(form: .rubbish, text: text, wait: .zero) }
        // More than a hundred years is as good as more.
        let seconds = min(Int(whole) ?? .max, 36500 * 86400)
        guard parts.count == 2 else { return RetryAfterWish(form: .seconds, text: text, wait: .seconds(seconds)) }
        let hasFraction = parts[1].contains { $0 != "0" }
        return RetryAfterWish(form: .fraction, text: text, wait: .seconds(seconds + (hasFraction ? 1 : 0)))
    }

    private func retryAfter(answeredTo attempt: AttemptView) -> String? {
        let isMeant = { (name: String) in name.lowercased() == "retry-after" }
        if let made = attempt.receipt?.madeHeaders?.first(where: { isMeant($0.name) }) { return made.value }
        return scriptedResponse(to: attempt)?.headers.first { isMeant($0.name) }?.value
    }
}
