import ContractJudging
import DeliveryEvidence
import DeliveryScenarios
import Notation
import WebhookContracts
import WebhookSigning

/// Builds the evidence of a run in which a dispatcher kept every promise; a test then doctors one thing.
///
/// Times are durations since the start of the run, whose wall clock began at 2026-03-03T14:00:00Z.
struct HistoryMaker {
    var contract: Contract
    var scenario: Scenario
    var history: ScenarioHistory
    var keys = Keyring()
    var tolerance = JudgingTolerance()
    /// The body that is sent for each event, by the scenario's name of it.
    private(set) var sent: [String: JSONValue] = [:]

    /// Starts a run; with `main` as its only endpoint unless `endpoints` says otherwise.
    init(contract: Contract, endpoints: [ScenarioEndpoint] = [HistoryMaker.endpoint("main")]) {
        self.contract = contract
        scenario = Scenario(
            id: "sample/made",
            title: "A made-up run",
            why: nil,
            path: "Scenarios/sample/made.yaml",
            fingerprint: String(repeating: "1", count: 64),
            contractPath: contract.path,
            variants: [],
            clock: .warped,
            tags: [],
            endpoints: endpoints,
            steps: [],
            expectations: Expectations()
        )
        history = ScenarioHistory(scenario: scenario.id)
        history.startedAt = "2026-03-03T14:00:00.000Z"
        history.clock.chosen = ClockChosen(clock: "warped:trace", startedAt: history.startedAt)
        for (index, endpoint) in endpoints.enumerated() { open(endpoint, port: 40001 + index) }
        finish(at: .seconds(3600))
    }

    static func endpoint(
        _ name: String,
        identity: ReceiverIdentity = .trusted,
        replies: [Reply] = [.respond(Response(status: 200))],
        events: [String]? = nil,
        hasSecret: Bool = true,
        hasCredentials: Bool = false,
        source: String? = nil,
        enabled: Bool = true
    ) -> ScenarioEndpoint {
        ScenarioEndpoint(
            name: name,
            target: "/hooks/\(name)?a=b&a=c",
            identity: identity,
            script: ReplyScript(replies: replies),
            events: events,
            hasSecret: hasSecret,
            hasCredentials: hasCredentials,
            source: source,
            enabled: enabled
        )
    }

    private mutating func open(_ endpoint: ScenarioEndpoint, port: Int) {
        let url = "\(endpoint.identity.scheme)://127.0.0.1:\(port)\(endpoint.target)"
        history.endpoints.append(
            EndpointOpened(endpoint: endpoint.name, url: url, port: port, identity: endpoint.identity.rawValue)
        )
        let registered = EndpointRegistered(
            endpoint: endpoint.name,
            url: url,
            accepted: true,
            status: 201,
            detail: "",
            events: endpoint.events,
            hasSecret: endpoint.hasSecret,
            hasCredentials: endpoint.hasCredentials,
            source: endpoint.source
        )
        history.registrations.append(Timed(at: Stamp(sinceStart: .milliseconds(100)), value: registered))
        keys.endpoints[endpoint.name] = Keyring.Entry(
            secret: endpoint.hasSecret ? SigningKey("secret-of-\(endpoint.name)") : nil,
            user: endpoint.hasCredentials ? "user" : nil,
            password: endpoint.hasCredentials ? SigningKey("pass:wörd") : nil
        )
    }

    /// Hands an event to the dispatcher, and gives the scenario's name for it, such as `e1`.
    ///
    /// The body is the contract's example and a value of its own.
    @discardableResult
    mutating func emit(
        _ type: String = "thing.created",
        at time: Duration = .seconds(1),
        adding extra: [JSONMember] = [],
        source: String? = nil,
        closedGates: [String] = [],
        again: String? = nil,
        accepted: Bool = true,
        dispatcherID: String? = nil
    ) -> String {
        let name = "e\(history.emissions.count + 1)"
        let example = contract.event(named: type)?.example?.members ?? []
        let marker = JSONMember(name: "reference", value: .string("unique-\(again ?? name)"))
        let payload = JSONValue.object(example + [marker] + extra)
        let emitted = EventEmitted(
            event: name,
            type: type,
            payload: Bytes(text: payload.compact()),
            source: source,
            closedGates: closedGates,
            again: again,
            asked: Stamp(sinceStart: time),
            accepted: accepted,
            status: accepted ? 202 : 422,
            dispatcherID: dispatcherID,
            detail: ""
        )
        history.emissions.append(Timed(at: Stamp(sinceStart: time + .milliseconds(5)), value: emitted))
        sent[name] = filled(payload, event: again ?? name, at: time)
        return name
    }

    /// Ends the observation.
    mutating func finish(at time: Duration, complete: Bool = true) {
        let ended = ObservationEnded(complete: complete, quietFor: nil, why: "the last step was reached")
        history.observation = Timed(at: Stamp(sinceStart: time), value: ended)
    }

    /// Switches an endpoint on or off, or deletes it; the dispatcher answers a millisecond later.
    mutating func change(_ endpoint: String, _ change: EndpointChanged.Change, at time: Duration) {
        let changed = EndpointChanged(
            endpoint: endpoint,
            change: change,
            asked: Stamp(sinceStart: time),
            accepted: true,
            detail: ""
        )
        history.changes.append(Timed(at: Stamp(sinceStart: time + .milliseconds(1)), value: changed))
    }

    /// Kills the dispatcher and, when `restart` says so, starts it again.
    mutating func kill(at time: Duration, restart: Duration? = nil) {
        var life = history.lives.popLast() ?? self.life(1, from: .zero)
        let number = life.started.value.life
        let moment = Stamp(sinceStart: time)
        life.signals.append(Timed(at: moment, value: DispatcherSignalled(life: number, signal: "KILL")))
        life.exited = Timed(at: moment, value: DispatcherExited(life: number, status: "signal 9", expected: true))
        history.lives.append(life)
        if let restart { history.lives.append(self.life(number + 1, from: restart)) }
    }

    private func life(_ number: Int, from start: Duration) -> DispatcherLife {
        let started = DispatcherStarted(life: number, processID: 4000 + number, command: ["dispatcher"])
        var life = DispatcherLife(started: Timed(at: Stamp(sinceStart: start), value: started))
        life.ready = Stamp(sinceStart: start + .milliseconds(50))
        return life
    }

    /// Gives the verdicts on the run as it stands.
    func judged() -> ScenarioVerdict {
        Judge.judge(scenario: scenario, contract: contract, history: history, keys: keys, tolerance: tolerance)
    }

    /// Gives the verdict of one check, or `nil` when it had no occasion.
    func verdict(_ check: CheckID) -> Verdict? {
        judged().verdict(of: check)
    }

    /// The outcome of one check, or `nil` when it had no occasion.
    func outcome(_ check: CheckID) -> Outcome? {
        verdict(check)?.outcome
    }

    /// Works out what a check may look at, for tests of the core.
    var context: JudgingContext {
        JudgingContext(scenario: scenario, contract: contract, history: history, keys: keys, tolerance: tolerance)
    }
}
