import DeliveryScenarios
import DispatcherControl
import MockReceivers

/// Whether a dispatcher can be given the network that a scenario has.
enum NetworkReach {
    /// Why it cannot, as half a sentence; `nil` when it can.
    static func obstacle(to scenario: Scenario, with dispatcher: DispatcherDescription) -> String? {
        if scenario.endpoints.contains(where: \.listensAtVersion6), !HostAddresses.hasVersion6Loopback {
            return "this host has no IPv6 loopback"
        }
        let network = scenario.network
        let needed = [
            network.names.isEmpty ? nil : "resolver",
            network.hasProxy ? "proxy" : nil,
            network.isGuarded ? "allowed_network" : nil,
        ].compactMap(\.self)
        return needed.first { !dispatcher.placeholders.contains($0) }.map { name in
            "the dispatcher's description never uses `{\(name)}`"
        }
    }
}
