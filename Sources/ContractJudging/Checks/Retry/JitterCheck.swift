import DeliveryEvidence
import Foundation
import Notation
import WebhookContracts

/// Y9: waits are spread over their band, and endpoints that fail together are not tried again together.
enum JitterCheck {
    static let check = Check(
        "retry.jitter",
        codes: ["Y9"],
        title: "The waits between attempts are spread over the promised band.",
        asks: """
            Every wait lies in its band. Of many waits, the middle half takes up more than a twentieth of it; and when one event \
            fails at two endpoints, the waits differ. Both are judged only where an even spread would look otherwise with a \
            chance of less than one in a thousand million.
            """
    ) { context in
        let clause = context.contract.retry.jitter
        guard clause.value != nil || clause.isUnstated, context.contract.retry.delays.value != nil else { return [] }
        let waits = context.deliveries.flatMap { SpreadWait.all(of: $0, context) }
        guard let band = clause.value else { return unstated(waits) }
        return outside(band, waits, context) + spread(waits, clause) + together(waits, context, clause)
    }

    /// An even spread looks as narrow as this with a smaller chance.
    private static let falseAlarm = 1e-9
    /// The part of the band that the middle half of the waits has to exceed.
    private static let narrow = 0.05
    /// The part of the band by which two waits differ that are taken for the same.
    private static let equal = 0.01

    private static func outside(_ band: JitterBand, _ waits: [SpreadWait], _ context: JudgingContext) -> [Finding] {
        let clause = context.contract.retry.jitter
        guard !waits.isEmpty else { return [] }
        let judged = waits.map { ($0, context.judgeGap(from: $0.origin, to: $0.after.began, window: $0.window)) }
        let wrong = judged.filter { $0.1.outcome == .violated }
        if let (wait, judgement) = wrong.first {
            let subject = wait.delivery.subject(wait.after)
            let text = "\(wrong.count) of \(waits.count) waits lie outside their band; one was \(judgement.sentence)."
            return [.violated(subject, text, by: clause.basis)]
        }
        if let (wait, judgement) = judged.first(where: { $0.1.outcome == .inconclusive }) {
            let text = "A wait was \(judgement.sentence)."
            return [.inconclusive(wait.delivery.subject(wait.after), text, by: clause.basis)]
        }
        return []
    }

    private static func spread(_ waits: [SpreadWait], _ clause: Clause<JitterBand>) -> [Finding] {
        guard chanceOfNarrow(waits.count) < falseAlarm else { return [] }
        let places = waits.map(\.place).sorted()
        let middle = places[places.count * 3 / 4] - places[places.count / 4]
        let text = "The middle half of \(waits.count) waits takes up \(percent(middle)) of the band"
        guard middle < narrow else { return [.held(nil, "\(text).", by: clause.basis)] }
        return [.violated(nil, "\(text): they are not spread.", by: clause.basis)]
    }

    private static func together(
        _ waits: [SpreadWait],
        _ context: JudgingContext,
        _ clause: Clause<JitterBand>
    ) -> [Finding] {
        let names = context.endpoints.map(\.name)
        let byEndpoint = Dictionary(grouping: waits) { $0.delivery.endpoint.name }
        var findings: [Finding] = []
        for (index, left) in names.enumerated() {
            for right in names.dropFirst(index + 1) {
                guard let ours = byEndpoint[left], let theirs = byEndpoint[right] else { continue }
                let others = Dictionary(theirs.map { ($0.key, $0.place) }, uniquingKeysWith: { first, _ in first })
                let differences = ours.compactMap { wait in others[wait.key].map { abs(wait.place - $0) } }.sorted()
                guard chanceOfEqual(differences.count) < falseAlarm else { continue }
                let median = differences[differences.count / 2]
                let subject = "\(left) and \(right)"
                let text =
                    "Of \(differences.count) waits that began together, half differ by less than \(percent(median)) of the band"
                findings.append(
                    median < equal
                        ? .violated(subject, "\(text): the endpoints are tried again together.", by: clause.basis)
                        : .held(subject, "\(text).", by: clause.basis)
                )
            }
        }
        return findings
    }

    private static func unstated(_ waits: [SpreadWait]) -> [Finding] {
        guard chanceOfNarrow(waits.count) < falseAlarm else { return [] }
        let ratios = waits.map(\.ratio)
        let span = percent((ratios.max() ?? 1) - (ratios.min() ?? 1))
        return [
            .unstated(nil, "Jitter is not stated; \(waits.count) waits differ by up to \(span) of what is promised.")
        ]
    }

    /// A bound of the chance that at least half of so many evenly spread waits lie within `narrow` of one another.
    ///
    /// One of them is the first; the chance that the half of the others which follow it lie in the same part is at most
    /// `narrow` to their power, for each of at most 2 to the power of all choices of that half.
    static func chanceOfNarrow(_ count: Int) -> Double {
        guard count >= 4 else { return 1 }
        return Double(count) / narrow * pow(4 * narrow, Double(count) / 2)
    }

    /// A bound of the chance that at least half of so many pairs of evenly spread waits differ by less than `equal`.
    static func chanceOfEqual(_ count: Int) -> Double {
        guard count >= 4 else { return 1 }
        return pow(4 * (1 - (1 - equal) * (1 - equal)), Double(count) / 2)
    }

    private static func percent(_ share: Double) -> String {
        let tenths = (share * 1000).rounded() / 10
        return "\(tenths) %"
    }
}

/// One wait between two attempts, and where in its band it lies.
private struct SpreadWait {
    let delivery: Delivery
    let before: AttemptView
    let after: AttemptView
    let origin: Stamp
    let window: TimeWindow
    /// 0 at the shortest wait of the band, 1 at the longest.
    let place: Double
    /// The wait as a part of the promised one.
    let ratio: Double

    /// What a wait has in common with those that began together with it.
    var key: String { "\(delivery.emission.event) \(before.ordinal)" }

    /// The waits of a delivery whose length was the dispatcher's own choice and is known well enough.
    static func all(of delivery: Delivery, _ context: JudgingContext) -> [SpreadWait] {
        zip(delivery.attempts, delivery.attempts.dropFirst()).compactMap { before, after in
            guard before.receiverResult.isFailure, context.wish(answeredTo: before) == nil,
                context.death(from: before.began, to: after.began) == nil,
                let delay = context.promise.delay(after: before.ordinal), delay > .zero,
                let origin = context.promise.origin(of: before, in: delivery)
            else { return nil }
            let waits = (context.contract.retry.jitter.value ?? JitterBand(least: 0, most: 1)).waits(around: delay)
            let width = waits.longest - waits.shortest
            guard width > .zero, context.uncertainty(from: origin, to: after.began).amount * 100 <= width else {
                return nil
            }
            let wait = after.began - origin
            return SpreadWait(
                delivery: delivery,
                before: before,
                after: after,
                origin: origin,
                window: context.window(of: delay),
                place: (wait - waits.shortest) / width,
                ratio: wait / delay
            )
        }
    }
}
