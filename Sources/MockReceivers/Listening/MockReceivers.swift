package import DeliveryEvidence
package import DeliveryScenarios
package import NIOCore
import NIOPosix
package import RunClocks

/// Opens a receiver for each endpoint, runs `body`, and closes everything again; see ``withReceiverScope``.
///
/// - Parameter endpoints: their names differ.
/// - Throws: `ReceiverError` when a receiver cannot be opened, or what `body` throws.
package func withMockReceivers<Outcome>(
    for endpoints: [ScenarioEndpoint],
    authority: RunAuthority,
    clock: any RunClock,
    sink: any EvidenceSink,
    numbers: ScenarioNumbers = ScenarioNumbers(),
    eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
    keyLog: KeyLog? = nil,
    body: (OpenReceivers) async throws -> Outcome
) async throws -> Outcome {
    try await withReceiverScope(
        authority: authority,
        clock: clock,
        numbers: numbers,
        eventLoopGroup: eventLoopGroup,
        keyLog: keyLog
    ) { scope in
        var receivers: [MockReceiver] = []
        for endpoint in endpoints { receivers.append(try await scope.open(endpoint, sink: sink)) }
        return try await body(OpenReceivers(all: receivers, activity: scope.activity))
    }
}

/// Opens one receiver, runs `body`, and closes it again; see ``withReceiverScope``.
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
    try await withReceiverScope(
        authority: authority,
        clock: clock,
        numbers: numbers,
        eventLoopGroup: eventLoopGroup
    ) { scope in
        try await body(try await scope.open(endpoint, sink: sink))
    }
}
