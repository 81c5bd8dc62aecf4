import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// L6: no answer is too large for the dispatcher.
enum AnswerSizeCheck {
    /// Only an answer of so many bytes (64 MiB) shows in the memory of a program that keeps it whole.
    private static let telling = 64 << 20

    static let check = Check(
        "limit.size",
        codes: ["L6"],
        title: "An answer of any size is cut off or let go: in time, on the record, and without being kept in memory.",
        asks: """
            An answer without end is given up by the response limit, the attempt is in the log, the next event arrives, and \
            the dispatcher's memory does not grow by as much as the answer had (64 MiB or more, packed bodies as unpacked).
            """
    ) { context in
        let log = DeliveryLogIndex(context)
        let fed = context.deliveries.flatMap { delivery in
            delivery.attempts.compactMap { attempt -> Fed? in
                AwkwardAnswer(to: attempt, in: context).huge.map { huge in
                    Fed(
                        attempt: attempt,
                        delivery: delivery,
                        what: huge.words,
                        offered: huge.bytes,
                        isPacked: huge.isPacked
                    )
                }
            }
        }
        guard !fed.isEmpty else { return [] }
        return fed.flatMap { over($0, context) + logged($0, log, context) } + later(fed, context) + memory(fed, context)
    }

    /// An attempt that was answered so.
    private struct Fed {
        var attempt: AttemptView
        var delivery: Delivery
        var what: String
        /// How much there was of it; `nil` for no end.
        var offered: Int?
        /// Says that so much comes of it only when it is unpacked.
        var isPacked: Bool

        var subject: String { delivery.subject(attempt) }

        /// How much of it the dispatcher can have had in memory: what the kernel took, and all of what that unpacks to.
        var taken: Int {
            guard let offered, let receipt = attempt.receipt else { return 0 }
            return isPacked ? (receipt.answerEnded == nil ? 0 : offered) : min(offered, receipt.bytesOut)
        }
    }

    /// The attempt came to an end.
    private static func over(_ fed: Fed, _ context: JudgingContext) -> [Finding] {
        guard let limit = context.contract.responseLimit.value?.total else {
            guard context.contract.responseLimit.isUnstated, fed.offered == nil else { return [] }
            let end = fed.attempt.ended.map { "given up after \(TimeText.of($0 - fed.attempt.began))" }
            let saw = end ?? "still open after \(TimeText.of(context.watched(from: fed.attempt.began)))"
            return [.unstated(fed.subject, "When \(fed.what) is given up is not stated; it was \(saw).")]
        }
        let basis = context.contract.responseLimit.basis
        let began = fed.attempt.began
        let end = fed.attempt.ended ?? context.observedEnd
        let elapsed = end - began
        let doubt = context.uncertainty(from: began, to: end)
        let latest = limit + limit / 2 + context.unrecordedStall
        let words = "\(fed.what.capitalizedFirst) was \(fed.attempt.ended == nil ? "still read" : "over") after"
        if elapsed <= latest {
            guard fed.attempt.ended != nil else { return [] }
            return [.held(fed.subject, "\(words) \(TimeText.of(elapsed)).", by: basis)]
        }
        guard elapsed - doubt.amount > latest else {
            return [.inconclusive(fed.subject, "\(words) \(TimeText.of(elapsed)), but \(doubt.why).", by: basis)]
        }
        let text = "\(words) \(TimeText.of(elapsed)); a receiver has \(TimeText.of(limit)) in all."
        return [.violated(fed.subject, text, details: context.timeline(of: fed.delivery), by: basis)]
    }

    private static func logged(_ fed: Fed, _ log: DeliveryLogIndex, _ context: JudgingContext) -> [Finding] {
        let clause = context.contract.deliveryLog
        guard clause.value != nil, let ended = fed.attempt.ended, log.isAvailable, !log.isShared(fed.delivery),
            let records = log.records(of: fed.delivery)
        else { return [] }
        let entries = records.flatMap(\.attempts)
        let finished = entries.count { log.outcome(of: $0) != .open }
        let over = fed.delivery.attempts.count { $0.ended.map { $0 <= ended } ?? false }
        // Where nothing tells which record is the attempt's, their number has to do.
        let isOver = log.entry(of: fed.attempt, in: fed.delivery).map { log.outcome(of: $0) != .open }
        if isOver ?? (finished >= over) {
            return [.held(fed.subject, "After \(fed.what) the attempt is in the log.", by: clause.basis)]
        }
        guard context.death(from: fed.attempt.began, to: context.observedEnd) == nil else { return [] }
        // The dispatcher may take a moment to write down what it has seen.
        guard case .proven = context.silence(since: ended) else { return [] }
        let text = "After \(fed.what), the log has \(finished) of \(over) attempts as over."
        return [.violated(fed.subject, text, by: clause.basis)]
    }

    private static func later(_ fed: [Fed], _ context: JudgingContext) -> [Finding] {
        context.deliveries.compactMap { delivery in
            let before = fed.last {
                $0.delivery.endpoint.name == delivery.endpoint.name
                    && $0.attempt.began <= delivery.emission.emitted.asked
                    && $0.delivery.emission.number != delivery.emission.number
            }
            guard let before, delivery.duty == .due else { return nil }
            let basis = context.contract.guarantee.basis
            guard delivery.attempts.isEmpty else {
                return .held(delivery.subject, "An event that was handed over after \(before.what) arrived.", by: basis)
            }
            guard case .overdue(let watched) = context.absence(of: delivery), !context.mayBeDisabled(delivery.endpoint),
                context.death(from: delivery.emission.emitted.asked, to: context.observedEnd) == nil
            else { return nil }
            let text = "After \(before.what), the next event did not come in \(TimeText.of(watched))."
            return .violated(delivery.subject, text, by: basis)
        }
    }

    /// Whether the dispatcher's processes grew by what they were answered with.
    private static func memory(_ fed: [Fed], _ context: JudgingContext) -> [Finding] {
        let basis = Basis(inferredBecause: "a dispatcher that keeps whole answers can be ended by any of its receivers")
        let taken = fed.map { ($0, $0.taken) }.filter { $0.1 >= telling }
        let offered = fed.filter { ($0.offered ?? 0) >= telling }
        guard let first = offered.first else { return [] }
        let measured = context.history.measurements.map(\.value)
        guard let begin = measured.first(where: { $0.moment == .begin }),
            let end = measured.last(where: { $0.moment == .end }), begin.life == end.life
        else {
            let text = "How much memory \(first.what) took is not known: the dispatcher was not measured."
            return [.inconclusive(nil, text, by: basis)]
        }
        let grown = max(0, end.peakMemory - begin.peakMemory)
        let words = "the dispatcher needed \(mebibytes(grown)) more than before"
        guard let kept = taken.first(where: { grown >= $0.1 - $0.1 / 8 }) else {
            return [.held(nil, "Answered with \(first.what), \(words).", by: basis)]
        }
        return [.violated(nil, "Answered with \(kept.0.what), \(words): it keeps the whole of it.", by: basis)]
    }

    private static func mebibytes(_ bytes: Int) -> String { "\((bytes + (1 << 19)) >> 20) MiB" }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
