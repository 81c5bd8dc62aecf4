package import CurlTransport
package import DeliveryEvidence
import Notation

/// Gives `body` a dispatcher under test, and ends every process of it before returning, whatever happens.
///
/// - Parameters:
///   - description: How to drive it.
///   - values: What its placeholders stand for.
///   - transport: Sends the requests to its interface.
///   - sink: Where what it does and says is recorded.
///   - now: The run's clock.
///   - body: Drives it.
package func withDispatcherUnderTest<Result: Sendable>(
    _ description: DispatcherDescription,
    values: Placeholders,
    transport: CurlTransport,
    sink: any EvidenceSink,
    now: @escaping @Sendable () -> Stamp,
    body: (DispatcherUnderTest) async throws -> Result
) async throws -> Result {
    let dispatcher = DispatcherUnderTest(
        description: description,
        values: ownValues(description).adding(values),
        transport: transport,
        sink: sink,
        now: now
    )
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await dispatcher.host.run() }
        do {
            let result = try await body(dispatcher)
            await dispatcher.stop()
            dispatcher.host.finish()
            try await group.waitForAll()
            return result
        } catch {
            await dispatcher.kill()
            dispatcher.host.finish()
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
    values["port"] = FreePort.find().map { .number(String($0)) }
    return values
}
