package import DeliveryEvidence
package import DeliveryScenarios

extension EndpointSecrets {
    /// Draws new secrets for every endpoint of a scenario, by the endpoint's name.
    package static func draw(for plan: ScenarioPlan) -> [String: EndpointSecrets] {
        Dictionary(
            uniqueKeysWithValues: plan.scenario.endpoints.map { endpoint in
                let rotations = plan.scenario.steps.count { $0.action == .rotate(endpoint: endpoint.name) }
                return (endpoint.name, EndpointSecrets(contract: plan.contract, rotations: rotations))
            }
        )
    }

    /// Has the secrets replaced by their names in everything that is recorded from now on.
    ///
    /// - Throws: `SecretTooShort` never in practice, for the secrets drawn are long.
    package static func redact(_ secrets: [String: EndpointSecrets], in redactor: Redactor) throws {
        for (endpoint, secrets) in secrets {
            for secret in [secrets.secret] + secrets.next.map(\.secret) {
                try redactor.add(secret, as: .secret(of: endpoint))
            }
            try redactor.addCredentials(user: secrets.user, password: secrets.password, of: endpoint)
        }
    }
}
