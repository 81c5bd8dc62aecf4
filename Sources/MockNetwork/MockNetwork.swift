package import DeliveryEvidence
package import DeliveryScenarios
package import NIOCore
import NIOPosix
package import RunClocks

/// What a scenario's network offers at the moment.
package struct OpenNetwork: Sendable {
    /// Where its resolver is, as `host:port`; `nil` when it has none.
    package let resolver: String?
    /// Where its proxy is, as `host:port`; `nil` when it has none.
    package let proxy: String?
}

/// Opens the resolver and the proxy that a scenario asks for, runs `body`, and closes them again.
///
/// Both listen on 127.0.0.1 at ports that the system gives. What they are asked is recorded in `sink`.
///
/// - Throws: what SwiftNIO says when there is no port, or what `body` throws.
package func withMockNetwork<Outcome>(
    _ network: ScenarioNetwork,
    clock: any RunClock,
    sink: any EvidenceSink,
    eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
    body: (OpenNetwork) async throws -> Outcome
) async throws -> Outcome {
    let book = NameBook(network, clock: clock, sink: sink)
    let resolver = network.names.isEmpty ? nil : try await NameServer.open(book, on: eventLoopGroup)
    let proxy: ProxyServer?
    do {
        proxy =
            network.hasProxy
            ? try await ProxyServer.open(book, on: eventLoopGroup) { asked in
                sink.record(.proxyAsked(asked), at: Stamp(sinceStart: clock.now.sinceStart))
            } : nil
    } catch {
        await resolver?.close()
        throw error
    }
    let open = OpenNetwork(
        resolver: resolver.map { "127.0.0.1:\($0.port)" },
        proxy: proxy.map { "127.0.0.1:\($0.port)" }
    )
    let outcome: Result<Outcome, any Error>
    do { outcome = .success(try await body(open)) } catch { outcome = .failure(error) }
    await resolver?.close()
    await proxy?.close()
    return try outcome.get()
}
