import DeliveryEvidence
import DeliveryScenarios
import Notation
import WebhookContracts

/// F1 and K3: a redirect's target is never visited.
enum RedirectCheck {
    static let notFollowed = Check(
        "redirect.not-followed",
        codes: ["F1", "K3"],
        title: "A redirect is not followed, so that nobody can point a delivery elsewhere.",
        asks: "After a 3xx answer with a Location, no request arrives at the place it names."
    ) { context in
        context.attempts.compactMap { attempt in
            guard let location = location(answeredTo: attempt, context) else { return nil }
            return judge(attempt, location, context)
        }
    }

    /// The `Location` that the script put into the 3xx answer to an attempt; `nil` when there was no such answer.
    static func location(answeredTo attempt: AttemptView, _ context: JudgingContext) -> String? {
        guard let status = attempt.receipt?.status, (300...399).contains(status),
            let response = context.scriptedResponse(to: attempt)
        else { return nil }
        return response.headers.first { $0.name.lowercased() == "location" }?.value
    }

    private static func judge(_ attempt: AttemptView, _ location: String, _ context: JudgingContext) -> Finding? {
        let clause = context.contract.transport.redirects
        let subject = context.subject(of: attempt)
        let since = attempt.receipt?.answerBegan ?? attempt.began
        let visit = context.attempts.first { other in
            other.number != attempt.number && other.began >= since && isVisit(other, to: location, of: attempt, context)
        }
        let status = attempt.receipt?.status ?? 0
        if clause.isUnstated {
            let isFollowed = visit != nil || sight(of: location, since: since, context) != nil
            let saw = isFollowed ? "was followed" : "was not followed"
            return .unstated(subject, "What becomes of redirects is not stated; a \(status) \(saw).")
        }
        guard clause.value == .refused else { return nil }
        if let sight = sight(of: location, since: since, context) {
            return .violated(subject, "The \(status) was followed: \(sight).", by: clause.basis)
        }
        if let visit {
            let place = "\(visit.arrived.method) \(visit.arrived.target) at \(visit.arrived.endpoint)"
            return .violated(
                subject,
                "The \(status) was followed: \(place) came \(TimeText.of(visit.began - since)) later.",
                details: context.timeline(of: [attempt, visit]),
                by: clause.basis
            )
        }
        switch context.silence(since: since) {
        case .proven(let watched):
            let text = "The \(status) was not followed in \(TimeText.of(watched))."
            return .held(subject, text, by: clause.basis)
        case .notWatched: return nil
        case .doubtful(let why):
            return .inconclusive(subject, "The \(status) was not followed, but \(why).", by: clause.basis)
        }
    }

    /// Says that a request went where the redirect points and not where a delivery of its own would go.
    private static func isVisit(
        _ request: AttemptView,
        to location: String,
        of attempt: AttemptView,
        _ context: JudgingContext
    ) -> Bool {
        let own = context.endpoint(of: request)?.registration.map { target(of: $0.value.url) }
        let path = target(of: location)
        if request.arrived.target == path, request.arrived.target != own { return true }
        // An absolute Location can name the address of another endpoint of the scenario.
        let other = context.endpoints.first { endpoint in
            endpoint.name != attempt.arrived.endpoint
                && endpoint.opened.map { location.contains(":\($0.port)/") || location.hasSuffix(":\($0.port)") }
                    ?? false
        }
        guard let other, request.arrived.endpoint == other.name else { return false }
        return context.delivery(of: request).map {
            $0.duty.isBarred || $0.emission.number == emission(attempt, context)
        }
            ?? true
    }

    /// How the scenario's resolver or proxy saw somebody look for a host that only the redirect names; `nil` when neither did.
    private static func sight(of location: String, since start: Stamp, _ context: JudgingContext) -> String? {
        guard let authority = RegisteredURL(location)?.authority else { return nil }
        let host = NameText.normal(String(authority.prefix { $0 != ":" }))
        guard !host.isEmpty, !host.hasPrefix("["), !context.scenario.endpoints.contains(where: { $0.host == host }),
            context.history.endpoints.allSatisfy({ !$0.url.contains("//\(host)") })
        else { return nil }
        if let asked = context.lookups(of: host, since: start).first {
            return "the resolver was asked for \(host) \(TimeText.of(asked.at - start)) later"
        }
        let proxied = context.history.proxied.first { asked in
            asked.at >= start && NameText.normal(asked.value.target).hasPrefix("\(host):")
        }
        return proxied.map { "the proxy was asked for \($0.value.target) \(TimeText.of($0.at - start)) later" }
    }

    private static func emission(_ attempt: AttemptView, _ context: JudgingContext) -> Int? {
        context.emission(of: attempt)?.number
    }

    /// The part of a URL that a request line has: path and query.
    private static func target(of url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let rest = url[scheme.upperBound...]
        return rest.firstIndex(of: "/").map { String(rest[$0...]) } ?? "/"
    }
}
