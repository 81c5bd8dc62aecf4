import DeliveryEvidence

/// Starting processes and recording what they do.
extension DispatcherUnderTest {
    /// What a process is there for.
    enum Purpose {
        /// It runs until it is told to end; another end is the end of the dispatcher.
        case lasting
        /// It does one thing and ends, which is told to the closure.
        case program(@Sendable () -> Void)
    }

    /// Fills in what is to be started.
    ///
    /// - Throws: `DispatcherError` when a placeholder has no value.
    func launch(
        of command: ProcessCommand,
        input: String? = nil,
        service: String? = nil,
        _ values: Placeholders
    ) throws(DispatcherError) -> Launch {
        var environment: [String: String] = [:]
        for (name, text) in command.environment { environment[name] = try values.environmentText(text) }
        return Launch(
            service: service,
            life: 0,
            command: try values.arguments(command.arguments),
            environment: environment,
            input: input ?? ""
        )
    }

    /// Starts a process of the dispatcher or of a service, as its next life.
    func start(_ prepared: Launch, as purpose: Purpose) -> HostedProcess {
        var launch = prepared
        launch.life = lives[launch.service, default: 0] + 1
        lives[launch.service] = launch.life
        let process = HostedProcess(
            launch,
            phase: purpose.isLasting ? .starting : .running,
            onStart: { [evidence, launch] processID in
                let started = DispatcherStarted(
                    life: launch.life,
                    processID: processID,
                    command: launch.command,
                    service: launch.service
                )
                evidence.record(.dispatcherStarted(started))
            },
            onLine: { [evidence, life = launch.life, service = launch.service] line in
                evidence.record(.dispatcherOutput(DispatcherOutput(life: life, line: line, service: service)))
            },
            onEnd: { [evidence, ends, launch] end, lastLine, phase in
                let isExpected = phase == .ending || (end.wasStarted && !purpose.isLasting)
                let exited = DispatcherExited(
                    life: launch.life,
                    status: end.status,
                    expected: isExpected,
                    service: launch.service
                )
                evidence.record(.dispatcherExited(exited))
                if !isExpected, phase == .running { ends.tell(.endedByItself(launch, end, lastLine: lastLine)) }
                if case .program(let onEnd) = purpose { onEnd() }
            }
        )
        hosting.launch(process)
        return process
    }
}

extension DispatcherUnderTest.Purpose {
    fileprivate var isLasting: Bool { if case .lasting = self { true } else { false } }
}
