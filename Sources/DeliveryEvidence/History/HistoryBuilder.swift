/// Folds the records of one scenario, in the order of the log, into its history.
///
/// The run's own records may be mixed in: its head gives the wall-clock time of stamp 0 of the real clock, and the stalls
/// of the host that overlap a scenario on the real clock become the scenario's. A warped clock stands still meanwhile.
package struct HistoryBuilder: Sendable {
    private var built: ScenarioHistory
    private var attempts: [Int: AttemptHistory] = [:]
    private var attemptEnds: [Int: AttemptEnded] = [:]
    private var connections: [Int: ConnectionHistory] = [:]
    private var lives: [Int: DispatcherLife] = [:]
    private var runStalls: [Timed<HostStalled>] = []
    private var runStartedAt: String?

    /// Starts the history of a scenario.
    package init(scenario: String) {
        built = ScenarioHistory(scenario: scenario)
    }

    /// Takes the next record; those of other scenarios are passed over.
    package mutating func add(_ record: EvidenceRecord) {
        guard let scenario = record.scenario else {
            addOfRun(record)
            return
        }
        guard scenario == built.scenario else { return }
        built.span = Self.span(built.span, with: record.at)
        built.realSpan = Self.span(built.realSpan, with: record.real)
        addOfScenario(record)
    }

    /// The history of everything that was added.
    package var history: ScenarioHistory {
        var history = built
        history.attempts = attempts.values.sorted { $0.arrived.attempt < $1.arrived.attempt }.map { attempt in
            var attempt = attempt
            attempt.ended = attemptEnds[attempt.arrived.attempt]
            attempt.connectionClosing = connections[attempt.arrived.connection]?.closed?.value.closing
            return attempt
        }
        history.connections = connections.values.sorted { $0.opened.value.connection < $1.opened.value.connection }
        history.lives = lives.values.sorted { $0.started.value.life < $1.started.value.life }
        if let span = built.span { history.clock.endForcing(at: span.upperBound) }
        history.startedAt = built.clock.isWarped ? built.clock.chosen?.startedAt : runStartedAt
        if !built.clock.isWarped, let span = built.span {
            let overlapping = runStalls.filter { $0.at >= span.lowerBound && $0.value.began <= span.upperBound }
            history.stalls = (history.stalls + overlapping).sorted { $0.at < $1.at }
        }
        return history
    }

    private static func span(_ span: ClosedRange<Stamp>?, with stamp: Stamp) -> ClosedRange<Stamp> {
        span.map { min($0.lowerBound, stamp)...max($0.upperBound, stamp) } ?? stamp...stamp
    }

    private mutating func addOfRun(_ record: EvidenceRecord) {
        switch record.event {
        case .runOpened(let run): runStartedAt = run.startedAt
        case .hostStalled(let stall): runStalls.append(Timed(at: record.at, value: stall))
        case .harnessCalibrated(let found): built.calibration = found
        default: break
        }
    }

    private mutating func addOfScenario(_ record: EvidenceRecord) {
        let at = record.at
        switch record.event {
        case .runOpened, .runClosed: break
        case .scenarioOpened(let value):
            built.opened = value
            built.began = at
        case .scenarioSkipped(let value): built.skipped = value
        case .scenarioNotRun(let value): built.notRun = value
        case .scenarioClosed: built.closed = at
        case .stepBegan(let value): built.steps.append(StepHistory(step: value.step, text: value.text, began: at))
        case .stepEnded(let value):
            if let index = built.steps.lastIndex(where: { $0.step == value.step }) {
                built.steps[index].ended = at
                built.steps[index].note = value.note
            }
        case .observationEnded(let value): built.observation = Timed(at: at, value: value)
        // The first failure is the cause; later ones follow from it.
        case .harnessFailed(let value): built.failure = built.failure ?? value
        case .hostStalled(let value): built.stalls.append(Timed(at: at, value: value))
        case .evidenceDropped(let value): built.dropped += value.count
        case .harnessCalibrated: break
        case .clockChosen, .clockJumped, .clockHeld, .clockIdle, .clockDoubted: built.clock.add(record.event, at: at)
        case .endpointOpened(let value): built.endpoints.append(value)
        case .endpointRegistered(let value): built.registrations.append(Timed(at: at, value: value))
        case .endpointChanged(let value): built.changes.append(Timed(at: at, value: value))
        case .endpointRotated(let value): built.rotations.append(Timed(at: at, value: value))
        case .dispatcherMeasured(let value): built.measurements.append(Timed(at: at, value: value))
        case .endpointUpdated(let value): built.updates.append(Timed(at: at, value: value))
        case .redeliveryAsked(let value): built.redeliveries.append(Timed(at: at, value: value))
        case .eventEmitted(let value): built.emissions.append(Timed(at: at, value: value))
        // Read again after a restart, say; only the last tells how everything came out.
        case .deliveryLogRead(let value):
            built.deliveryLog = value
            built.logReads.append(Timed(at: at, value: value))
        case .attemptArrived(let value): attempts[value.attempt] = AttemptHistory(arrived: value, at: at)
        case .attemptEnded(let value): attemptEnds[value.attempt] = value
        case .faultProduced(let value): built.faults.append(Timed(at: at, value: value))
        case .captureWritten(let value): built.capture = value
        case .nameAsked(let value): built.names.append(Timed(at: at, value: value))
        case .proxyAsked(let value): built.proxied.append(Timed(at: at, value: value))
        case .endpointTested(let value): built.tests.append(Timed(at: at, value: value))
        case .connectionOpened, .connectionSecured, .handshakeFailed, .connectionClosed: addOfConnection(record)
        case .dispatcherInstance(let value): built.instances.append(Timed(at: at, value: value))
        case .storeChanged(let value):
            built.interrupt(.store, isBegun: !value.available, at: at)
        case .dispatcherStarted, .dispatcherReady, .dispatcherOutput, .dispatcherSignalled, .dispatcherExited:
            addOfDispatcher(record)
        }
    }

    private mutating func addOfConnection(_ record: EvidenceRecord) {
        let at = record.at
        switch record.event {
        case .connectionOpened(let value):
            connections[value.connection] = ConnectionHistory(opened: Timed(at: at, value: value))
        case .connectionSecured(let value): connections[value.connection]?.secured = Timed(at: at, value: value)
        case .handshakeFailed(let value): connections[value.connection]?.handshakeFailed = Timed(at: at, value: value)
        case .connectionClosed(let value): connections[value.connection]?.closed = Timed(at: at, value: value)
        default: break
        }
    }

    /// Lives are the dispatcher's own: a service beside it is nothing that a contract speaks of.
    private mutating func addOfDispatcher(_ record: EvidenceRecord) {
        let at = record.at
        built.noteInterruption(by: record.event, at: at)
        switch record.event {
        case .dispatcherStarted(let value) where value.service == nil:
            lives[value.life] = DispatcherLife(started: Timed(at: at, value: value))
        case .dispatcherReady(let value) where value.service == nil: lives[value.life]?.ready = at
        case .dispatcherOutput(let value): built.output.append(Timed(at: at, value: value))
        case .dispatcherSignalled(let value) where value.service == nil:
            lives[value.life]?.signals.append(Timed(at: at, value: value))
        case .dispatcherExited(let value) where value.service == nil:
            lives[value.life]?.exited = Timed(at: at, value: value)
        default: break
        }
    }
}
