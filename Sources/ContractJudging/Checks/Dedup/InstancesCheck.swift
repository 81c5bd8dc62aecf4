import DeliveryEvidence
import WebhookContracts

/// D9: two dispatchers on one store do not do everything twice.
enum InstancesCheck {
    static let check = Check(
        "dedup.instances",
        codes: ["D9"],
        title: "A second dispatcher on the same store doubles no delivery.",
        asks: """
            When a second instance is started on the store, it refuses to run, or no delivery is sent again while an attempt of it \
            is under way, after one that succeeded, or before a failed one is due again.
            """
    ) { context in
        guard let second = context.history.instances.first else { return [] }
        switch second.value.outcome {
        case .refused:
            let why = second.value.detail.isEmpty ? "" : ": \(second.value.detail.prefix(120))"
            return [.held(nil, "The second instance refused to run on the store of the first\(why)", by: Basis())]
        case .failed:
            return [
                .inconclusive(
                    nil,
                    "The second instance did not get ready: \(second.value.detail.prefix(120))",
                    by: Basis()
                )
            ]
        case .running: return judge(from: second.at, context)
        }
    }

    private static func judge(from start: Stamp, _ context: JudgingContext) -> [Finding] {
        let basis = context.contract.success.basis
        let judged = context.deliveries.filter { delivery in
            guard let last = delivery.attempts.last, last.began >= start || delivery.attempts.count == 1 else {
                return false
            }
            // What a crash has sent again is no doubling of the instances.
            return context.death(from: delivery.emission.emitted.asked, to: last.began) == nil
        }
        guard !judged.isEmpty else { return [] }
        for delivery in judged {
            for (before, after) in zip(delivery.attempts, delivery.attempts.dropFirst()) where after.began >= start {
                guard let how = doubling(before, after, delivery, context) else { continue }
                let text = "With two instances on one store, attempt \(after.ordinal) came \(how)."
                let doubt = context.uncertainty(at: after.began)
                guard doubt.isNone else {
                    return [.inconclusive(delivery.subject(after), "\(text) \(doubt.sentence)", by: basis)]
                }
                return [
                    .violated(delivery.subject(after), text, details: context.timeline(of: delivery), by: basis)
                ]
            }
        }
        let last = judged.compactMap { $0.attempts.last?.began }.max() ?? start
        let text = "With two instances on one store, \(judged.count) deliveries came without a doubling."
        switch context.silence(since: max(last, start)) {
        case .proven: return [.held(nil, text, by: basis)]
        case .notWatched: return []
        case .doubtful(let why): return [.inconclusive(nil, "\(text) But \(why).", by: basis)]
        }
    }

    /// Why an attempt repeats the one before it; `nil` when it follows it as it should.
    private static func doubling(
        _ before: AttemptView,
        _ after: AttemptView,
        _ delivery: Delivery,
        _ context: JudgingContext
    ) -> String? {
        guard let ended = before.ended, ended <= after.began + context.unrecordedStall else {
            return "while attempt \(before.ordinal) was under way"
        }
        if before.receiverResult.isSuccess { return "after attempt \(before.ordinal) had succeeded" }
        guard before.receiverResult.isFailure, let delay = context.promise.delay(after: before.ordinal),
            let origin = context.promise.origin(of: before, in: delivery)
        else { return nil }
        let wait = after.began - origin
        return wait < delay / 2 - context.unrecordedStall
            ? "\(TimeText.of(wait)) after a failure, long before it was due" : nil
    }
}
