import CurlTransport
import FoundationEssentials
import Hummingbird
import Logging
import NIOCore
import Notation
import ReferenceDispatching
import ServiceLifecycle
import Synchronization
import Testing
import WebhookContracts

/// What a receiver of the test saw, and what it answers.
private final class Recorder: Sendable {
    private let state = Mutex<(bodies: [String], answers: [HTTPResponse.Status])>(([], []))

    init(answers: [HTTPResponse.Status]) {
        state.withLock { $0.answers = answers }
    }

    var bodies: [String] { state.withLock { $0.bodies } }

    func take(_ body: String) -> HTTPResponse.Status {
        state.withLock { state in
            state.bodies.append(body)
            return state.answers.count > 1 ? state.answers.removeFirst() : state.answers.first ?? .ok
        }
    }
}

@Suite(.timeLimit(.minutes(20))) struct `On the wire` {
    /// Runs a dispatcher beside a receiver with these answers until `work` is done.
    private func run(
        _ policy: some DispatchPolicy,
        answers: [HTTPResponse.Status],
        _ work: @escaping @Sendable (Dispatcher, DeliveryStore, Recorder, _ url: String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let recorder = Recorder(answers: answers)
            let router = Router()
            router.post("hook") { request, _ in
                let body = try await request.body.collect(upTo: 1 << 20)
                return Response(status: recorder.take(String(buffer: body)))
            }
            let (ports, portFound) = AsyncStream.makeStream(of: Int.self)
            let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            let receiver = Application(
                router: router,
                configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
                onServerRunning: { portFound.yield($0.localAddress?.port ?? 0) },
                logger: quiet
            )
            let store = try DeliveryStore(path: folder.appending(path: "store.db").path)
            let transport = try CurlTransport()
            let addresses = AddressRules(allowsLoopback: true)
            let nudge = Nudge()
            let dispatcher = Dispatcher(
                store: store,
                policy: policy,
                addresses: addresses,
                nudge: nudge,
                logger: quiet
            )
            let scheduler = DeliveryScheduler(
                store: store,
                policy: policy,
                sender: AttemptSender(
                    transport: transport,
                    settings: SendingSettings(addresses: addresses),
                    policy: policy
                ),
                nudge: nudge,
                logger: quiet
            )
            try await withThrowingTaskGroup { group in
                group.addTask { try await receiver.run() }
                group.addTask { await scheduler.run() }
                var port = ports.makeAsyncIterator()
                let url = "http://127.0.0.1:\(await port.next() ?? 0)/hook"
                try await work(dispatcher, store, recorder, url)
                group.cancelAll()
            }
            await transport.shutDown()
        }
    }

    /// Waits until the store's only delivery is settled, or five minutes are over.
    private static func settled(_ store: DeliveryStore) async throws -> LoggedDelivery {
        let deadline = ContinuousClock.now + .seconds(300)
        while true {
            let delivery = try await store.deliveries(after: 0, count: 1).page.first
            if let delivery, delivery.state != .pending { return delivery }
            if ContinuousClock.now >= deadline { return try #require(delivery) }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    @Test func `a failed delivery is sent again with the same bytes until it succeeds`() async throws {
        let policy = QuickRetries(contract: try ShippedContract.load("siteservicesnow"))
        let example = try #require(policy.contract.event(named: "ticket.created")?.example)
        try await run(policy, answers: [.internalServerError, .serviceUnavailable, .ok]) {
            dispatcher,
            store,
            seen,
            url in
            _ = try await dispatcher.register(Endpoint(id: "e", url: url))
            _ = try await dispatcher.accept(EventSubmission(type: "ticket.created", payload: example))
            let delivery = try await Self.settled(store)
            #expect(delivery.state == .succeeded)
            #expect(delivery.attempts.map(\.responseCode) == [500, 503, 200])
            #expect(delivery.attempts.map(\.status) == ["failed", "failed", "succeeded"])
            #expect(seen.bodies.count == 3)
            #expect(Set(seen.bodies) == [String(decoding: delivery.payload, as: UTF8.self)])
        }
    }

    @Test func `an address that is not allowed gets no byte and is not tried again`() async throws {
        let policy = QuickRetries(contract: try ShippedContract.load("siteservicesnow"))
        let example = try #require(policy.contract.event(named: "ticket.created")?.example)
        try await run(policy, answers: [.ok]) { dispatcher, store, seen, url in
            // Put past the look at the URL's text, so that only the transport's own look is left.
            _ = try await store.add(Endpoint(id: "e", url: "http://10.255.255.1/"), unless: { _ in nil })
            _ = try await dispatcher.accept(EventSubmission(type: "ticket.created", payload: example))
            let delivery = try await Self.settled(store)
            #expect(delivery.state == .failed)
            #expect(delivery.attempts.map(\.status) == ["address refused"])
            #expect(seen.bodies.isEmpty)
        }
    }

    @Test func `a refused connection is told from other failures and exhausts its attempts`() async throws {
        let policy = QuickRetries(contract: try ShippedContract.load("siteservicesnow"))
        let example = try #require(policy.contract.event(named: "ticket.created")?.example)
        try await run(policy, answers: [.ok]) { dispatcher, store, _, _ in
            _ = try await dispatcher.register(Endpoint(id: "e", url: "http://127.0.0.1:1/"))
            _ = try await dispatcher.accept(EventSubmission(type: "ticket.created", payload: example))
            let delivery = try await Self.settled(store)
            #expect(delivery.state == .exhausted)
            #expect(delivery.attempts.map(\.status) == Array(repeating: "connection refused", count: 3))
        }
    }

    @Test func `an endpoint that is gone is switched off`() async throws {
        let policy = QuickRetries(
            contract: try ShippedContract.load("siteservicesnow"),
            disabling: StatusSet(ranges: [410...410])
        )
        let example = try #require(policy.contract.event(named: "ticket.created")?.example)
        try await run(policy, answers: [.gone]) { dispatcher, store, seen, url in
            _ = try await dispatcher.register(Endpoint(id: "e", url: url))
            _ = try await dispatcher.accept(EventSubmission(type: "ticket.created", payload: example))
            #expect(try await Self.settled(store).state == .disabled)
            #expect(try await dispatcher.endpoint("e").status == .disabled)
            #expect(seen.bodies.count == 1)
        }
    }
}

/// Keeps a contract, but for three attempts close together, so that a test can wait for them, and for the time that the
/// receiver has: it is served by the test's own process, which a small host lets wait.
private struct QuickRetries: DispatchPolicy {
    let contract: Contract
    var disabling = StatusSet(ranges: [])

    func responseLimit() -> Duration { .seconds(600) }

    func retrySchedule() -> RetrySchedule {
        RetrySchedule(attempts: 3, delays: [.milliseconds(50)], disabling: disabling)
    }
}
