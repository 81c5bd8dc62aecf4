import DeliveryEvidence
import DeliveryScenarios
import Notation
import WebhookContracts

/// Runs with a network of their own.
extension HistoryMaker {
    /// A run whose endpoint has a host's name, a literal URL or a place of its own.
    static func networked(
        _ network: ScenarioNetwork = ScenarioNetwork(),
        host: String? = nil,
        url: String? = nil,
        isVersion6: Bool = false,
        replies: [Reply] = [.respond(Response(status: 200))],
        _ change: (inout Contract) throws -> Void = { _ in }
    ) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        contract.transport.privateAddresses = SampleContract.stated(.blocked)
        try change(&contract)
        var endpoint = HistoryMaker.endpoint("main", replies: replies)
        endpoint.host = host
        endpoint.literalURL = url
        endpoint.listensAtVersion6 = isVersion6
        var maker = HistoryMaker(contract: contract, endpoints: [endpoint])
        maker.scenario.network = network
        if url != nil || host != nil {
            let registered = endpoint.url(at: "127.0.0.1", port: 40001)
            maker.history.endpoints[0].url = registered
            maker.history.registrations[0].value.url = registered
        }
        return maker
    }

    /// A network in which a name has these answers; an address as text, or nothing for a name that is not found.
    static func names(
        _ name: String,
        _ turns: [String?],
        allowed: [String]? = nil,
        hasProxy: Bool = false
    ) -> ScenarioNetwork {
        let answers = turns.map { turn -> NameAnswer in
            turn.flatMap { IPAddress($0) }.map { .addresses([$0]) } ?? .notFound
        }
        return ScenarioNetwork(
            names: [ScriptedName(name: name, turns: answers)],
            hasProxy: hasProxy,
            allowed: allowed.map { $0.compactMap { AddressBlock($0) } } ?? ScenarioNetwork.loopback
        )
    }

    /// Somebody asks for the IPv4 address of a name.
    mutating func ask(_ name: String, at time: Duration, answer: String, turn: Int) {
        let asked = NameAsked(name: name, question: "A", answer: [answer], turn: turn)
        history.names.append(Timed(at: Stamp(sinceStart: time), value: asked))
    }

    /// Somebody opens a connection and does nothing with it.
    mutating func connect(
        at time: Duration,
        peer: String = "127.0.0.1:50000",
        version: String? = nil,
        name: String? = nil
    ) {
        let number = history.connections.count + 1
        let opened = ConnectionOpened(connection: number, endpoint: "main", peer: peer)
        var connection = ConnectionHistory(opened: Timed(at: Stamp(sinceStart: time), value: opened))
        if let version {
            let secured = ConnectionSecured(connection: number, version: version, serverName: name)
            connection.secured = Timed(at: Stamp(sinceStart: time), value: secured)
        }
        history.connections.append(connection)
    }

    /// The proxy is asked for a tunnel.
    mutating func tunnel(at time: Duration, to target: String, from port: Int?, status: Int = 200) {
        let asked = ProxyAsked(method: "CONNECT", target: target, status: status, localPort: port)
        history.proxied.append(Timed(at: Stamp(sinceStart: time), value: asked))
    }

    /// The port is out of order for a while.
    mutating func outage(from start: Duration, to end: Duration) {
        for (time, wire) in [(start, "nothing in answer to a SYN"), (end, "the port takes connections again")] {
            let fault = FaultProduced(
                endpoint: "main",
                connection: nil,
                attempt: nil,
                asked: "fault blackhole",
                kernel: [],
                wire: wire
            )
            history.faults.append(Timed(at: Stamp(sinceStart: time), value: fault))
        }
    }

    /// The dispatcher is asked for a test delivery.
    mutating func test(at time: Duration, answer: String = "{\"outcome\":\"failed\"}", status: Int? = 200) {
        let tested = EndpointTested(
            endpoint: "main",
            asked: Stamp(sinceStart: time),
            accepted: status == 200,
            status: status,
            answer: answer
        )
        history.tests.append(Timed(at: Stamp(sinceStart: time + .seconds(1)), value: tested))
    }
}
