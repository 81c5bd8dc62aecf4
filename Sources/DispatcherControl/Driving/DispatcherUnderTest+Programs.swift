import Notation

/// Events that are handed over by running a program.
extension DispatcherUnderTest {
    /// How many one-shot programs run at the same time; a further one waits for its turn.
    static let mostPrograms = 64

    /// Starts the program once for each endpoint; it delivers by itself, so nobody waits for its end.
    ///
    /// - Throws: `DispatcherError` when a placeholder has no value.
    func startForEachEndpoint(
        _ command: ProcessCommand,
        input: String?,
        _ event: Placeholders
    ) async throws -> Emission {
        let targets = endpoints
        for endpoint in targets {
            let known = endpoint.values.adding(event)
            let text = try input.map { template throws(DispatcherError) in try known.fill(template) }
            let prepared = try launch(of: command, input: text, known)
            try await turns.take()
            programs.removeAll { $0.end != nil }
            programs.append(start(prepared, as: .program { [turns] in turns.giveBack() }))
        }
        return Emission(
            isAccepted: !targets.isEmpty,
            detail: targets.count == 1 ? "started for 1 endpoint" : "started for \(targets.count) endpoints"
        )
    }

    /// Runs the program once; it hands the event to the running dispatcher, and its exit status says whether that took
    /// it.
    ///
    /// - Throws: `DispatcherError` when a placeholder has no value or the program cannot be started.
    func runToEnd(_ command: ProcessCommand, input: String?, _ event: Placeholders) async throws -> Emission {
        let text = try input.map { template throws(DispatcherError) in try event.fill(template) }
        let program = start(try launch(of: command, input: text, event), as: .program {})
        programs.append(program)
        await program.waitForEnd()
        programs.removeAll { $0.end != nil }
        guard let end = program.end else { throw CancellationError() }
        guard end.wasStarted else { throw DispatcherError.notStarted(program.launch, end) }
        return Emission(isAccepted: end.status == "exit 0", detail: end.status)
    }
}

/// What came of handing over an event.
struct Emission {
    var isAccepted: Bool
    var status: Int?
    /// The dispatcher's own id for the event.
    var id: String?
    var detail: String
}
