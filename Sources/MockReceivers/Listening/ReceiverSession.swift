import DeliveryEvidence
import DeliveryScenarios
import NIOCore
import Synchronization

/// The listeners and connections of one scope, from their opening to their end.
final class ReceiverSession: Sendable {
    private let authority: RunAuthority
    private let eventLoopGroup: any EventLoopGroup
    private let connections = OpenConnections()
    private let listeners = Mutex<[Listener]>([])

    init(authority: RunAuthority, eventLoopGroup: any EventLoopGroup) {
        self.authority = authority
        self.eventLoopGroup = eventLoopGroup
    }

    /// Opens the receiver of an endpoint and records it.
    ///
    /// - Throws: `ReceiverError`.
    func open(
        _ endpoint: ScenarioEndpoint,
        desk: EndpointDesk,
        activity: ReceiverActivity
    ) async throws -> MockReceiver {
        let listener: Listener
        do {
            let tls = try authority.leaf(for: endpoint.identity)?.serverContext()
            listener = try await Listener.open(desk: desk, tls: tls, connections: connections, on: eventLoopGroup)
        } catch {
            throw ReceiverError(endpoint: endpoint.name, problem: "\(error)")
        }
        listeners.withLock { $0.append(listener) }
        let url = "\(endpoint.identity.scheme)://127.0.0.1:\(listener.port)\(endpoint.target)"
        desk.record(
            .endpointOpened(
                EndpointOpened(
                    endpoint: endpoint.name,
                    url: url,
                    port: listener.port,
                    identity: endpoint.identity.rawValue
                )
            ),
            at: desk.now
        )
        return MockReceiver(endpoint: endpoint.name, port: listener.port, url: url, activity: activity)
    }

    /// Closes the listeners, then every connection; returns when all is recorded.
    func close() async {
        for listener in listeners.withLock({ $0 }) { await listener.close() }
        await connections.closeAll()
    }
}
