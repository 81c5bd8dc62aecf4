import DeliveryEvidence
import DeliveryScenarios
import Notation
import WebhookContracts

/// T11: a name that cannot be resolved is a failure of the network.
enum NameNotFoundCheck {
    static let check = Check(
        "failure.name-not-found",
        codes: ["T11"],
        title: "A name that cannot be resolved for a while is a network failure, and the delivery is tried again.",
        asks: """
            After the resolver had no address for the endpoint's host, an attempt comes as soon as the contract has network \
            failures tried again and the name resolves.
            """
    ) { context in
        context.deliveries.compactMap { judge($0, context) }
    }

    private static func judge(_ delivery: Delivery, _ context: JudgingContext) -> Finding? {
        guard let name = context.scriptedName(of: delivery.endpoint), name.failsAtTimes, !name.addresses.isEmpty,
            !context.isOffLimits(delivery.endpoint), !delivery.duty.isBarred
        else { return nil }
        let clause = context.contract.retry.failures
        let asked = context.lookups(of: name.name, since: delivery.emission.emitted.asked)
        let arrival = delivery.attempts.first
        guard let failure = asked.first(where: \.value.failed), arrival.map({ failure.at <= $0.began }) ?? true else {
            guard asked.isEmpty, arrival == nil, !clause.isUnstated else { return nil }
            let text =
                "The scenario's resolver was not asked for \(name.name) after the event, so that nothing was put to the test."
            return .inconclusive(delivery.subject, text, by: clause.basis)
        }
        let what = "\(name.name) was not resolved (\(failure.value.answer.joined(separator: ", ")))"
        let promise = context.promise
        guard let retries = promise.retries(.network) else {
            let saw = arrival.map { "an attempt came \(TimeText.of($0.began - failure.at)) later" } ?? "nothing came"
            return .unstated(delivery.subject, "What is tried again is not stated; after \(what), \(saw).")
        }
        guard retries else { return nil }
        if let arrival {
            let wait = TimeText.of(arrival.began - failure.at)
            return .held(delivery.subject, "\(what); the delivery came \(wait) later.", by: clause.basis)
        }
        return missing(delivery, what, since: failure.at, name, asked, context)
    }

    private static func missing(
        _ delivery: Delivery,
        _ what: String,
        since failed: Stamp,
        _ name: ScriptedName,
        _ asked: [Timed<NameAsked>],
        _ context: JudgingContext
    ) -> Finding? {
        let basis = context.contract.retry.failures.basis
        guard context.death(from: failed, to: context.observedEnd) == nil else { return nil }
        // Each unresolvable turn takes an attempt at most, and the one behind the last has to arrive.
        let turns = name.turns.prefix { $0.addresses.isEmpty }.count
        let waits = (1...max(1, turns)).map { context.promise.delay(after: $0) }
        guard !waits.contains(nil), let limit = context.contract.responseLimit.value?.total else { return nil }
        let total = waits.compactMap(\.self).map { context.window(of: $0).latest + limit }.reduce(.zero, +)
        switch context.silence(since: failed, needed: total) {
        case .proven(let watched):
            let count = asked.count == 1 ? "once" : "\(asked.count) times"
            let text = "\(what), and no attempt came in \(TimeText.of(watched)); the resolver was asked \(count)."
            return .violated(delivery.subject, text, by: basis)
        case .notWatched: return nil
        case .doubtful(let why):
            return .inconclusive(delivery.subject, "\(what), and no attempt came, but \(why).", by: basis)
        }
    }
}
