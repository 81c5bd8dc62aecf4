package import CurlTransport
package import DeliveryEvidence
import Notation
package import RunClocks

/// Gives `body` a dispatcher under test, and ends every process of it and of its services before returning, whatever
/// happens.
///
/// - Parameters:
///   - description: How to drive it.
///   - values: What its placeholders stand for.
///   - transport: Sends the requests to its interface.
///   - sink: Where what it does and says is recorded.
///   - clock: The run's clock: everything here that waits for a time waits on it.
///   - hosting: Starts its processes; it serves this one call.
///   - body: Drives it.
package func withDispatcherUnderTest<Result: Sendable>(
    _ description: DispatcherDescription,
    values: Placeholders,
    transport: CurlTransport,
    sink: any EvidenceSink,
    clock: any RunClock,
    hosting: any ProcessHosting = ProcessHost(),
    body: (DispatcherUnderTest) async throws -> Result
) async throws -> Result {
    let dispatcher = DispatcherUnderTest(
        description: description,
        values: ownValues(description).adding(values),
        transport: transport,
        evidence: StampedSink(sink: sink, clock: clock),
        hosting: hosting
    )
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await hosting.run() }
        do {
            let result = try await body(dispatcher)
            await dispatcher.stop(.everything)
            hosting.finish()
            try await group.waitForAll()
            return result
        } catch {
            await dispatcher.kill(.everything)
            hosting.finish()
            group.cancelAll()
            try? await group.waitForAll()
            throw error
        }
    }
}

/// What the description's own place and the host add to the values of a run.
private func ownValues(_ description: DispatcherDescription) -> Placeholders {
    var values = Placeholders()
    let folder = description.path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    values["folder"] = .string(folder.isEmpty ? "." : folder.joined(separator: "/"))
    let names = ["port"] + description.services.flatMap(\.ports)
    for (name, port) in zip(names, FreePort.find(names.count)) { values[name] = .number(String(port)) }
    return values
}
