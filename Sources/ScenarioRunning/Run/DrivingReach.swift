package import DeliveryScenarios
package import DispatcherControl

/// Whether a dispatcher's description says how to do what a scenario does to it.
package enum DrivingReach {
    /// Why a scenario cannot be carried out with this dispatcher, as half a sentence; `nil` when it can.
    package static func obstacle(to scenario: Scenario, with dispatcher: DispatcherDescription) -> String? {
        let services = dispatcher.services.map(\.name)
        for step in scenario.steps {
            switch step.action {
            case .pause(let service?), .resume(let service?):
                if !services.contains(service) { return "the dispatcher has no service called '\(service)'" }
            case .store:
                if dispatcher.storeOutage == nil {
                    return
                        "the dispatcher's description does not say how its store is made unavailable (`store_outage`)"
                }
            case .rotate:
                if dispatcher.rotate == nil {
                    return "the dispatcher's description does not say how a secret is changed (`rotate`)"
                }
            case .readdress:
                if dispatcher.update == nil {
                    return "the dispatcher's description does not say how an endpoint gets another URL (`update`)"
                }
            case .redeliver:
                if dispatcher.redeliver == nil {
                    return "the dispatcher's description does not say how a delivery is sent again (`redeliver`)"
                }
            case .readLog:
                if dispatcher.deliveryLog == nil {
                    return "the dispatcher's description does not say how its log is read (`delivery_log`)"
                }
            case .test:
                if dispatcher.test == nil {
                    return "the dispatcher's description does not say how a test delivery is asked for (`test`)"
                }
            case .secondInstance:
                if dispatcher.start == nil { return "the dispatcher is run once for each event and has no instances" }
            default: break
            }
        }
        if scenario.endpoints.contains(where: { !$0.headers.isEmpty }), !dispatcher.placeholders.contains("headers") {
            return "the dispatcher's description does not say how an endpoint gets headers of its own (`{headers}`)"
        }
        return NetworkReach.obstacle(to: scenario, with: dispatcher)
    }
}
