import DeliveryEvidence
import Notation
import WebhookContracts
import WebhookSigning

/// Reads what identifies the attempts of one delivery.
struct AttemptFactsReading {
    let context: JudgingContext
    private let scheme: StatedScheme

    init(_ context: JudgingContext) {
        self.context = context
        scheme = StatedScheme(context.contract.signature)
    }

    /// How many characters of a text of the dispatcher's are shown.
    private static let longestText = 60

    func facts(of attempt: AttemptView, after before: AttemptView?, first: AttemptView) -> AttemptFacts {
        AttemptFacts(
            ordinal: max(1, attempt.ordinal),
            at: attempt.began - Stamp(nanoseconds: 0),
            answer: answer(to: attempt),
            result: VisibleText.of(result(of: attempt), atMost: 160),
            gap: before.flatMap { gap(before: attempt, after: $0, first: first) },
            id: id(of: attempt),
            signature: signature(of: attempt),
            timestamp: timestamp(of: attempt),
            body: AttemptFacts.BodyFacts(
                length: attempt.arrived.body.bytes.count,
                hash: String(Fingerprint.sha256Hex(attempt.arrived.body.bytes).prefix(8)),
                isCutShort: !attempt.isWhole,
                isRedacted: attempt.arrived.bodyRedacted
            )
        )
    }

    /// What the dispatcher must have made of it; a status is told with the answer.
    private func result(of attempt: AttemptView) -> String {
        switch attempt.receiverResult {
        case .success: "success"
        case .failure(let kind, let status): status == nil ? "failure (\(kind.rawValue))" : "failure"
        case .ambiguous(let why): "success or failure: \(why)"
        }
    }

    /// What the receiver did, and for how long it kept the dispatcher waiting.
    private func answer(to attempt: AttemptView) -> String {
        guard let receipt = attempt.receipt else { return "no answer recorded" }
        let held = attempt.ended.map { ended in
            ended - attempt.began < .milliseconds(1) ? "at once" : "after \(TimeText.of(ended - attempt.began))"
        }
        let closing = receipt.closing ?? attempt.connectionClosing
        if let answered = receipt.answerEnded, let status = receipt.status {
            guard let closing, closing.by == .dispatcher, closing.at < answered else {
                return "answered \(status) \(held ?? "")"
            }
            return "the dispatcher hung up \(held ?? ""), before the answer \(status)"
        }
        guard let closing, let held else { return "no answer, and still open" }
        let manner = closing.how == .reset ? "reset" : "closed"
        return closing.by == .dispatcher
            ? "no answer; the dispatcher hung up \(held)"
            : "the receiver \(manner) the connection \(held)"
    }

    private func gap(before attempt: AttemptView, after previous: AttemptView, first: AttemptView) -> AttemptFacts.Gap?
    {
        guard let ended = previous.ended else {
            let length = attempt.began - previous.began
            return AttemptFacts.Gap(length: length, since: "after #\(previous.ordinal) came", verdict: nil)
        }
        let countsFromFirst = context.contract.retry.countedFrom.value == .firstAttempt
        let origin = countsFromFirst ? first.began : ended
        let since = countsFromFirst ? "after #\(first.ordinal) came" : "after #\(previous.ordinal) was over"
        return AttemptFacts.Gap(
            length: attempt.began - origin,
            since: since,
            verdict: verdict(on: attempt.began, after: previous, from: origin)
        )
    }

    /// What a wait comes to by itself; `nil` when the contract promises nothing of it.
    private func verdict(on moment: Stamp, after previous: AttemptView, from origin: Stamp) -> String? {
        guard previous.receiverResult.isFailure, context.death(from: previous.began, to: moment) == nil,
            let scheduled = context.promise.delay(after: previous.ordinal)
        else { return nil }
        let window = context.window(after: previous, scheduled: scheduled)
        let judged = context.judgeGap(from: origin, to: moment, window: window)
        let isPutOff = window.earliest > scheduled
        let nominal = isPutOff ? window.earliest + context.tolerance.early : scheduled
        let promised = isPutOff ? "at least \(TimeText.of(nominal)) asked for" : "\(TimeText.of(scheduled)) promised"
        switch judged.outcome {
        case .held: return "\(promised): held"
        case .inconclusive, .unstated: return "\(promised): open"
        case .violated:
            let observed = moment - origin
            let isEarly = observed < nominal
            let amount = isEarly ? nominal - observed : observed - nominal
            return "\(promised): \(TimeText.of(amount)) too \(isEarly ? "early" : "late")"
        }
    }

    /// The dedup key where the contract names one, or else the event's id.
    private func id(of attempt: AttemptView) -> String? {
        if let reading = DedupReading(context.contract) {
            let header = reading.headerKey(of: attempt).map { [$0] } ?? []
            let parts = header + (reading.fieldKey(of: attempt) ?? [])
            if !parts.isEmpty {
                return parts.map { "'\(VisibleText.of($0, atMost: Self.longestText))'" }.joined(separator: " + ")
            }
        }
        let names = [HeaderValue.eventID, .deliveryID].compactMap { context.contract.header(carrying: $0)?.name }
        if let value = names.compactMap({ attempt.header($0) }).first {
            return "'\(VisibleText.of(value, atMost: Self.longestText))'"
        }
        let field = context.contract.body.field(playing: .eventID).flatMap { attempt.body.text(at: $0.pointer) }
        return field.map { "'\(VisibleText.of($0, atMost: Self.longestText))'" }
    }

    private func timestamp(of attempt: AttemptView) -> String? {
        let header = context.contract.header(carrying: .timestamp).flatMap { attempt.header($0.name) }
        let roles = [FieldRole.attemptedAt, .dispatchedAt]
        let field = roles.lazy.compactMap { role in
            context.contract.body.field(playing: role).flatMap { attempt.body.text(at: $0.pointer) }
        }.first
        return (header ?? field).map { VisibleText.of($0, atMost: Self.longestText) }
    }

    private func signature(of attempt: AttemptView) -> AttemptFacts.SignatureState {
        guard context.contract.signature.header.value != nil, context.endpoint(of: attempt)?.hasSecret == true else {
            return .none
        }
        guard let signed = SignedAttempt(attempt, in: context) else { return .unchecked("the request was cut short") }
        guard !signed.values.isEmpty else { return .absent }
        guard signed.value != nil else { return .unchecked("it is given \(signed.values.count) times") }
        if let obstacle = signed.obstacle { return .unchecked(obstacle) }
        if scheme.candidates.contains(where: { signed.verifies($0) }) { return .verifies }
        return scheme.scheme == nil ? .unchecked("the scheme is not fully stated") : .doesNotVerify
    }
}
