package import WebhookContracts

/// Which attempts a contract promises for the answers that a scenario scripts.
package struct RetryForecast: Sendable {
    /// How far past the longest wait `quiet` watches, apart from a tenth of it.
    static let margin = Duration.seconds(2)
    /// How long an attempt is taken to wait for its answer at most where the contract does not say.
    static let unstatedLimit = Duration.seconds(60)
    /// How long `quiet` watches when nothing is promised to follow.
    static let shortQuiet = Duration.seconds(3)

    /// What becomes of one delivery to an endpoint.
    package struct Course: Sendable, Hashable {
        /// How many scripted answers fail before the first that succeeds; `nil` when none does.
        package var failures: Int?
        /// The stated waits that fall due, in order.
        package var delays: [Duration]
        /// The time the scripted answers take, each cut off at the response limit.
        package var answering: Duration
    }

    /// By endpoint, in the order of the scenario.
    package let courses: [(endpoint: String, course: Course)]

    package init(_ scenario: Scenario, _ contract: Contract) {
        courses = scenario.endpoints.map { ($0.name, Self.course(of: $0, contract)) }
    }

    /// The longest stated wait that falls due in the scenario; zero when none does.
    package var longestDelay: Duration {
        courses.flatMap(\.course.delays).max() ?? .zero
    }

    /// How long nothing must have happened before silence proves that nothing more is to come.
    package var quietWindow: Duration {
        longestDelay > .zero ? longestDelay + longestDelay / 10 + Self.margin : Self.shortQuiet
    }

    /// The course of one delivery to the endpoint called `name`.
    package func course(at name: String) -> Course? {
        courses.first { $0.endpoint == name }?.course
    }

    private static func course(of endpoint: ScenarioEndpoint, _ contract: Contract) -> Course {
        let verdicts = endpoint.script.replies.map { failure(of: $0, at: endpoint, contract) }
        let failures = verdicts.firstIndex { $0 == nil }
        let promised = contract.retry.delays.value ?? []
        // An answer whose failure is not retried ends the delivery as a success does, and so does one that switches off.
        let end = verdicts.indices.first { index in
            disables(endpoint.script.replies[index], contract)
                || verdicts[index].map { !isRetried($0, contract) } ?? true
        }
        let delays = Array(promised.prefix(end ?? promised.count))
        let limit = contract.responseLimit.value?.total ?? unstatedLimit
        let answers = (0...delays.count).map { min(duration(of: endpoint.script.reply(to: $0 + 1)) ?? limit, limit) }
        return Course(failures: failures, delays: delays, answering: answers.reduce(.zero, +))
    }

    /// Says that an answer switches its endpoint off by contract.
    private static func disables(_ reply: Reply, _ contract: Contract) -> Bool {
        guard case .respond(let response) = reply else { return false }
        return contract.disablement.statuses.value?.contains(response.status) == true
    }

    private static func isRetried(_ failure: FailureClass, _ contract: Contract) -> Bool {
        contract.retry.failures.value?.contains(failure) ?? true
    }

    /// The class of failure that a scripted answer is by the contract; `nil` when it is a success.
    private static func failure(of reply: Reply, at endpoint: ScenarioEndpoint, _ contract: Contract) -> FailureClass? {
        if endpoint.identity.mustBeRefused, contract.transport.certificates.value != .unverified { return .tls }
        switch reply {
        case .fault(let fault): return fault.kind == .hang ? .timeout : .network
        case .respond(let response):
            if let limit = contract.responseLimit.value?.total, duration(of: reply).map({ $0 > limit }) ?? true {
                return .timeout
            }
            let success = contract.success.value ?? StatusSet(ranges: [200...299])
            if success.contains(response.status) { return nil }
            switch response.status {
            case 300...399: return .redirect
            case 400...499: return .clientError
            case 500...599: return .serverError
            default: return .network
            }
        }
    }

    /// How long an answer takes from the request to its last byte; `nil` for one that never ends.
    private static func duration(of reply: Reply) -> Duration? {
        switch reply {
        case .fault(let fault): return fault.kind == .hang ? nil : .zero
        case .respond(let response):
            var total = response.after + response.holdBody
            if let drip = response.drip {
                // The head is at least its status line.
                let bytes = drip.part == .body ? response.body.utf8.count : 40
                total += drip.every * (max(0, bytes - 1) / drip.bytes)
            }
            return total
        }
    }
}
