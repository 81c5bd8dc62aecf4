import DeliveryEvidence
import DeliveryScenarios
import Testing

@Suite struct `The name of a key's header` {
    @Test(arguments: [("x-delivery", "a"), ("X-DELIVERY", "a"), ("X-Delivery2", nil)])
    func `is compared without case and wholly`(_ name: String, _ key: String?) async throws {
        let evidence = try await receiving([.status(200)], keys: [.header("X-Delivery")]) { bench in
            let victim = try bench.victim()
            try await victim.send(request("{}", headers: "\(name): a\r\n"))
            _ = try await victim.receive { $0.contains("\r\n\r\n") }
            victim.close()
        }
        #expect(evidence.arrived.map(\.deliveryKey) == [key])
    }
}
