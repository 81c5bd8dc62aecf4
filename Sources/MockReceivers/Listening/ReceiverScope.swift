package import DeliveryEvidence
package import DeliveryScenarios
package import NIOCore
import NIOPosix
package import RunClocks
import Synchronization

/// Opens and closes receivers one by one; whatever is still open ends with the scope.
package final class ReceiverScope: Sendable {
    /// What is going on at all receivers together.
    package let activity: ReceiverActivity

    private let authority: RunAuthority
    private let clock: any RunClock
    private let numbers: ScenarioNumbers
    private let group: any EventLoopGroup
    private let keyLog: KeyLog?
    private let timer: LoopTimer
    /// What the scope's task group is to run.
    private let errands: AsyncStream<@Sendable () async -> Void>.Continuation
    private let endpoints = Mutex<[ObjectIdentifier: OpenEndpoint]>([:])

    fileprivate init(
        authority: RunAuthority,
        clock: any RunClock,
        numbers: ScenarioNumbers,
        group: any EventLoopGroup,
        keyLog: KeyLog?,
        timer: LoopTimer,
        errands: AsyncStream<@Sendable () async -> Void>.Continuation
    ) {
        activity = ReceiverActivity(clock: clock)
        self.authority = authority
        self.clock = clock
        self.numbers = numbers
        self.group = group
        self.keyLog = keyLog
        self.timer = timer
        self.errands = errands
    }

    /// Opens the receiver of an endpoint and records it.
    ///
    /// - Parameters:
    ///   - address: where it listens; by default a port of the loopback of its family that the system picks.
    ///   - sink: where everything that is seen there is recorded.
    ///   - signatures: says what signatures are worth, for rules that ask.
    /// - Throws: `ReceiverError`.
    package func open(
        _ endpoint: ScenarioEndpoint,
        address: ListenAddress? = nil,
        sink: any EvidenceSink,
        signatures: (any SignatureReading)? = nil
    ) async throws -> MockReceiver {
        let address = address ?? (endpoint.listensAtVersion6 ? .loopbackVersion6(port: 0) : .loopback(port: 0))
        let own = ReceiverActivity(clock: clock)
        let (dueTimes, signals) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let script = ScriptProgress(endpoint.script, at: Stamp(sinceStart: clock.now.sinceStart))
        let desk = EndpointDesk(
            endpoint: endpoint.name,
            clock: clock,
            sink: sink,
            numbers: numbers,
            script: script,
            signatures: signatures,
            activities: [own, activity],
            timer: timer,
            attemptEnded: { if script.summary.hasConnectionFaults { signals.yield() } }
        )
        let connections = OpenConnections()
        let opened: OpenEndpoint
        let number: Int
        do {
            let identities = try ServerIdentities(
                endpoint.identity,
                authority: authority,
                offersHTTP2: endpoint.offersHTTP2,
                host: endpoint.host,
                keyLog: keyLog
            )
            try identities.prepare(for: script.summary.handshakeFaults)
            let pipeline = ConnectionPipeline(
                desk: desk,
                identities: identities,
                connections: connections,
                offersHTTP2: endpoint.offersHTTP2
            )
            let port = ReceiverPort(desk: desk, pipeline: pipeline, group: group)
            number = try await port.open(address)
            opened = OpenEndpoint(
                desk: desk,
                identities: identities,
                port: port,
                connections: connections,
                signals: signals,
                errands: errands
            )
        } catch {
            throw ReceiverError(endpoint: endpoint.name, host: address.host, problem: "\(error)")
        }
        endpoints.withLock { $0[ObjectIdentifier(opened)] = opened }
        let url = endpoint.url(at: address.hostInURL, port: number)
        let record = EndpointOpened(
            endpoint: endpoint.name,
            url: url,
            port: number,
            identity: endpoint.identity.rawValue
        )
        desk.record(.endpointOpened(record), at: desk.now)
        let outage = await opened.beginOutage()
        errands.yield { await opened.watch(dueTimes, after: outage) }
        opened.planOutages()
        return MockReceiver(endpoint: endpoint.name, port: number, url: url, activity: own, opened: opened)
    }

    /// Closes a receiver; its port refuses afterwards, and everything about it is recorded.
    package func close(_ receiver: MockReceiver) async {
        endpoints.withLock { $0[ObjectIdentifier(receiver.opened)] = nil }
        await receiver.opened.close()
    }

    fileprivate func closeAll() async {
        let all = endpoints.withLock { endpoints in
            defer { endpoints = [:] }
            return Array(endpoints.values)
        }
        for endpoint in all { await endpoint.close() }
    }
}

/// Runs `body` with a scope in which receivers can be opened, and closes all of them again.
///
/// When it returns or throws, every port refuses, every connection is closed, every exchange that was still open has its
/// records, and nothing more is recorded. Cancelling the task stops the scripts; `body` is expected to return then.
///
/// - Parameters:
///   - authority: issues the certificates of the endpoints with TLS.
///   - clock: the run's clock, on which scripted waits are waited and everything is stamped.
///   - numbers: shared by everything that numbers connections or attempts of the same scenario.
///   - eventLoopGroup: where connections are served.
///   - keyLog: takes the keys of every TLS connection, for a capture.
///   - body: may use the receivers until it returns.
/// - Throws: what `body` throws.
package func withReceiverScope<Outcome>(
    authority: RunAuthority,
    clock: any RunClock,
    numbers: ScenarioNumbers = ScenarioNumbers(),
    eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
    keyLog: KeyLog? = nil,
    body: (ReceiverScope) async throws -> Outcome
) async throws -> Outcome {
    let (orders, ordersEntry) = AsyncStream.makeStream(of: LoopTimer.Order.self)
    let (errands, errandsEntry) = AsyncStream.makeStream(of: (@Sendable () async -> Void).self)
    let scope = ReceiverScope(
        authority: authority,
        clock: clock,
        numbers: numbers,
        group: eventLoopGroup,
        keyLog: keyLog,
        timer: LoopTimer(clock: clock, orders: ordersEntry),
        errands: errandsEntry
    )
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await LoopTimer.carryOut(orders, clock: clock) }
        group.addTask { await run(errands) }
        let outcome: Result<Outcome, any Error>
        do {
            outcome = .success(try await body(scope))
        } catch {
            outcome = .failure(error)
        }
        await scope.closeAll()
        ordersEntry.finish()
        errandsEntry.finish()
        group.cancelAll()
        return try outcome.get()
    }
}

/// Runs every errand in a task of its own, until the stream ends.
private func run(_ errands: AsyncStream<@Sendable () async -> Void>) async {
    await withDiscardingTaskGroup { group in
        for await errand in errands { group.addTask { await errand() } }
        group.cancelAll()
    }
}
