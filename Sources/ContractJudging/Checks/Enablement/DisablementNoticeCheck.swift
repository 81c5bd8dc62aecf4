import DeliveryEvidence
import WebhookContracts

/// X4: the owner of an endpoint that was disabled is told, or not, as promised.
enum DisablementNoticeCheck {
    static let check = Check(
        "disablement.notice",
        codes: ["X4"],
        title: "When an endpoint is disabled, the account's other endpoints are told exactly once.",
        asks: """
            Where an event announces it, exactly one comes to each other endpoint that is subscribed to it, for each endpoint \
            that an answer disabled. Where no notification is promised, no request comes that belongs to no event. A mail is \
            not seen here.
            """
    ) { context in
        let disabled = disabledEndpoints(context)
        guard let event = context.contract.disablement.notice.value else { return withoutEvent(disabled, context) }
        return context.endpoints.compactMap { listener in
            guard listener.registration?.value.accepted == true,
                listener.events?.contains(event) ?? true,
                !listener.changes.contains(where: { $0.value.accepted && $0.value.change != .enabled }),
                !disabled.contains(where: { $0.name == listener.name })
            else { return nil }
            return judge(listener, disabled, context)
        }
    }

    /// The endpoints that gave an answer by which they are disabled, and when.
    private static func disabledEndpoints(_ context: JudgingContext) -> [(name: String, at: Stamp)] {
        guard let statuses = context.contract.disablement.statuses.value else { return [] }
        return context.endpoints.compactMap { endpoint in
            let last = context.attempts.first { attempt in
                guard attempt.arrived.endpoint == endpoint.name, case .failure(_, let status?) = attempt.receiverResult
                else { return false }
                return statuses.contains(status)
            }
            return last?.ended.map { (endpoint.name, $0) }
        }
    }

    private static func judge(
        _ listener: EndpointView,
        _ disabled: [(name: String, at: Stamp)],
        _ context: JudgingContext
    ) -> Finding? {
        let basis = context.contract.disablement.notice.basis
        let came = context.notices.filter { $0.arrived.endpoint == listener.name }
        // A notice that was not taken is tried again under the same id.
        let matching = AttemptMatching(contract: context.contract, emissions: context.emissions)
        let distinct = Set(came.map { matching.identity(of: $0) ?? "request \($0.number)" })
        guard let last = disabled.map(\.at).max() else {
            guard let first = came.first else { return nil }
            guard context.contract.disablement.automatic.value == nil else { return nil }
            let text =
                "A notice came at \(context.text(first.began)), although no endpoint gave a reason to be disabled."
            return .violated(listener.name, text, by: basis)
        }
        guard context.death(from: last, to: context.observedEnd) == nil else { return nil }
        let names = disabled.map(\.name).joined(separator: ", ")
        let text = "\(names) \(disabled.count == 1 ? "was" : "were") disabled, and \(distinct.count) notices came"
        if distinct.count > disabled.count {
            return .violated(listener.name, "\(text); one each is promised.", by: basis)
        }
        if let early = came.first, let first = disabled.map(\.at).min(), early.began < first {
            return .violated(listener.name, "A notice came before any endpoint was disabled.", by: basis)
        }
        switch context.silence(since: last, needed: context.timeToStart) {
        case .proven(let watched):
            guard distinct.count == disabled.count else {
                return .violated(listener.name, "\(text) in \(TimeText.of(watched)); one each is promised.", by: basis)
            }
            return .held(listener.name, "\(text).", by: basis)
        case .notWatched: return nil
        case .doubtful(let why): return .inconclusive(listener.name, "\(text), but \(why).", by: basis)
        }
    }

    /// No event announces it: what can be seen is a request that belongs to nothing.
    private static func withoutEvent(_ disabled: [(name: String, at: Stamp)], _ context: JudgingContext) -> [Finding] {
        guard let first = disabled.min(by: { $0.at < $1.at }) else { return [] }
        let clause = context.contract.disablement.notification
        // Of a torn request nobody can tell whose it is.
        let stray = context.strayAttempts.first {
            $0.isWhole && $0.began > first.at && $0.arrived.endpoint != first.name
        }
        let saw = stray.map { "a request that belongs to no event came to \($0.arrived.endpoint)" }
        let text = "\(first.name) was disabled at \(context.text(first.at)), and"
        if clause.isNone || clause.value == false {
            if let saw {
                return [.violated(first.name, "\(text) \(saw); no notification is promised.", by: clause.basis)]
            }
            return [
                .unstated(first.name, "\(text) no notice came as a webhook. Whether a mail was sent is not seen here.")
            ]
        }
        guard clause.value == true || saw != nil else { return [] }
        let how =
            clause.value == true ? "How its owner is told is not stated" : "Whether its owner is told is not stated"
        return [
            .unstated(
                first.name,
                "\(text) \(saw ?? "no notice came as a webhook"). \(how), and a mail is not seen here."
            )
        ]
    }
}
