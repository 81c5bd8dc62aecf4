import Notation

extension LintFindings {
    /// Holds the endpoint's and the transport's clauses against each other.
    mutating func checkEndpoint() {
        let endpoint = contract.endpoint
        if endpoint.activationDelivery.value == true, endpoint.initialState.value == .active {
            error(
                "switching an endpoint on sends a delivery, but a new endpoint is active already",
                at: endpoint.activationDelivery.position,
                help: "make `initial_state` say `deactivated`, or `activation_delivery` say `false`"
            )
        }
        if endpoint.toggle.value == false || endpoint.toggle.isNone {
            if endpoint.initialState.value == .deactivated {
                error(
                    "a new endpoint is deactivated, and nothing can switch it on",
                    at: endpoint.initialState.position,
                    help: "make `toggle` say `true`"
                )
            } else if endpoint.activationDelivery.value == true {
                error(
                    "switching an endpoint on sends a delivery, but endpoints have no toggle",
                    at: endpoint.activationDelivery.position,
                    help: "make `toggle` say `true`"
                )
            }
        }
        if endpoint.sourceFilter.value != nil, contract.body.field(playing: .source) == nil {
            warning(
                "endpoints filter by source, but no field of the body carries it",
                at: endpoint.sourceFilter.position,
                help: "add a field with the role `source` to `body.fields` when there is one"
            )
        }
        if contract.ordering.value == .perSubject, contract.body.field(playing: .subject) == nil {
            error(
                "events of one subject keep their order, but no field of the body says what an event is about",
                at: contract.ordering.position,
                help: "add a field with the role `subject id` to `body.fields`"
            )
        }
        let transport = contract.transport
        if transport.scheme.value == .httpsOnly, transport.certificates.value == .unverified {
            error(
                "only https is allowed, but certificates are not verified",
                at: transport.certificates.position,
                help: "make `certificates` say `verified`"
            )
        }
    }
}
