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
        /// How many attempts arrive and fail before the first that succeeds; `nil` when none does, or when that cannot be
        /// known: an outage by the clock, a chance, a rule, or an answer that one dispatcher takes for success and another
        /// for failure.
        package var failures: Int?
        /// The first turn of the script that a dispatcher which stops at success never comes to, 1-based; `nil` when there
        /// is none or that cannot be known.
        package var unreached: Int?
        /// The stated waits that fall due, in order; where that cannot be known, all that may.
        package var delays: [Duration]
        /// The time the scripted answers take, each cut off at the response limit; where that cannot be known, the longest.
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
        let script = endpoint.script
        let promised = contract.retry.delays.value ?? []
        let fates = ReplyFates(endpoint: endpoint, contract: contract)
        let depends = !script.rules.isEmpty || !script.interruptions.isEmpty || script.turns.isEmpty
        guard !depends, script.turns.allSatisfy({ $0.duration == nil }) else {
            let longest = script.placed.map { fates.time(of: $0.reply) }.max() ?? .zero
            return Course(delays: promised, answering: longest * (promised.count + 1))
        }
        var course = Course(delays: promised, answering: .zero)
        // Attempts so far, those that arrived among them, and after how many the delivery is over.
        var (attempts, arrivals) = (0, 0)
        var end: Int?
        var isKnown = true
        for (index, turn) in script.turns.enumerated() {
            let fate = fates.fate(of: turn.reply)
            if end == nil, fates.ends(turn.reply, fate) { end = attempts }
            if fate == .success {
                if isKnown { course.failures = arrivals }
                if isKnown, index + 1 < script.turns.count { course.unreached = index + 2 }
                break
            }
            if fate == .unknown { isKnown = false }
            attempts += turn.times
            if !turn.reply.happensToConnection { arrivals += turn.times }
        }
        course.delays = Array(promised.prefix(end ?? promised.count))
        let answers = (0...course.delays.count).map { fates.time(of: script.attempted($0)) }
        course.answering = answers.reduce(.zero, +)
        return course
    }
}

extension ReplyScript {
    /// The reply that attempt `index` (0-based) of a delivery meets, where a fault of its connection counts as one.
    fileprivate func attempted(_ index: Int) -> Reply {
        var left = index
        for turn in turns {
            left -= turn.times
            if left < 0 { return turn.reply }
        }
        return turns.last?.reply ?? .respond(Response(status: 200))
    }
}
