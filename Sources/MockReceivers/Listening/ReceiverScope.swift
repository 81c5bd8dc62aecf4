package import DeliveryEvidence
package import DeliveryScenarios
package import NIOCore
import NIOPosix
package import RunClocks

/// Opens a receiver for each endpoint, runs `body`, and closes everything again.
///
/// When it returns or throws, every port refuses, every connection is closed, every exchange that was still open has its
/// records, and nothing more is recorded. Cancelling the task stops the scripts; `body` is expected to return then.
///
/// - Parameters:
///   - endpoints: their names differ.
///   - authority: issues the certificates of the endpoints with TLS.
///   - clock: the run's clock, on which scripted waits are waited and everything is stamped.
///   - sink: where everything that is seen is recorded.
///   - numbers: shared by everything that numbers connections or attempts of the same scenario.
///   - eventLoopGroup: where connections are served.
///   - body: may use the receivers until it returns.
/// - Throws: `ReceiverError` when a receiver cannot be opened, or what `body` throws.
package func withMockReceivers<Outcome>(
    for endpoints: [ScenarioEndpoint],
    authority: RunAuthority,
    clock: any RunClock,
    sink: any EvidenceSink,
    numbers: ScenarioNumbers = ScenarioNumbers(),
    eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
    body: (OpenReceivers) async throws -> Outcome
) async throws -> Outcome {
    let (arrivals, arrivalsEntry) = AsyncStream.makeStream(of: Arrival.self)
    let everything = ReceiverActivity(clock: clock)
    let session = ReceiverSession(
        authority: authority,
        eventLoopGroup: eventLoopGroup
    )
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await answer(arrivals, clock: clock) }
        let outcome: Result<Outcome, any Error>
        do {
            var receivers: [MockReceiver] = []
            for endpoint in endpoints {
                let own = ReceiverActivity(clock: clock)
                let desk = EndpointDesk(
                    endpoint: endpoint.name,
                    clock: clock,
                    sink: sink,
                    numbers: numbers,
                    script: ScriptProgress(endpoint.script),
                    activities: [own, everything],
                    arrivals: arrivalsEntry
                )
                receivers.append(try await session.open(endpoint, desk: desk, activity: own))
            }
            outcome = .success(try await body(OpenReceivers(all: receivers, activity: everything)))
        } catch {
            outcome = .failure(error)
        }
        await session.close()
        arrivalsEntry.finish()
        group.cancelAll()
        return try outcome.get()
    }
}

/// Opens one receiver, runs `body`, and closes it again; see `withMockReceivers`.
///
/// - Throws: `ReceiverError` when the receiver cannot be opened, or what `body` throws.
package func withMockReceiver<Outcome>(
    for endpoint: ScenarioEndpoint,
    authority: RunAuthority,
    clock: any RunClock,
    sink: any EvidenceSink,
    numbers: ScenarioNumbers = ScenarioNumbers(),
    eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
    body: (MockReceiver) async throws -> Outcome
) async throws -> Outcome {
    try await withMockReceivers(
        for: [endpoint],
        authority: authority,
        clock: clock,
        sink: sink,
        numbers: numbers,
        eventLoopGroup: eventLoopGroup
    ) { receivers in
        guard let receiver = receivers[endpoint.name] else {
            throw ReceiverError(endpoint: endpoint.name, problem: "it was not opened")
        }
        return try await body(receiver)
    }
}

/// Answers every request in a task of its own, until the stream ends.
private func answer(_ arrivals: AsyncStream<Arrival>, clock: any RunClock) async {
    await withDiscardingTaskGroup { group in
        for await arrival in arrivals {
            group.addTask { await ReplyPlayer(arrival: arrival, clock: clock).play() }
        }
        group.cancelAll()
    }
}
