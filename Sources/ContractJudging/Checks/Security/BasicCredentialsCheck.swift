import DeliveryEvidence
import WebhookContracts

/// K4: HTTP Basic credentials, exactly and at their own endpoint only.
enum BasicCredentialsCheck {
    static let check = Check(
        "auth.basic-exact",
        codes: ["K4"],
        title: "HTTP Basic credentials are sent exactly as configured, and to their own endpoint only.",
        asks: """
            Authorization is `Basic` and the base64 of user:password (RFC 7617) where credentials are configured, and absent \
            where none are.
            """
    ) { context in
        context.attempts.compactMap { attempt in
            guard attempt.arrived.malformed == nil, let endpoint = context.endpoint(of: attempt) else { return nil }
            return judge(attempt, endpoint, context)
        }
    }

    private static func judge(_ attempt: AttemptView, _ endpoint: EndpointView, _ context: JudgingContext) -> Finding? {
        let clause = context.contract.endpoint.authentication
        let subject = context.subject(of: attempt)
        let values = attempt.arrived.values(of: "Authorization")
        if let value = values.first(where: { isOfAnother(endpoint, $0, context) }) {
            let names = SecretMarks.names(in: value).joined(separator: ", ")
            return .violated(
                subject,
                "Authorization carries \(names), which belongs to another endpoint.",
                by: clause.basis
            )
        }
        if clause.isUnstated {
            guard !values.isEmpty || endpoint.hasCredentials else { return nil }
            let saw = values.isEmpty ? "none was sent" : "an Authorization header was sent"
            return .unstated(subject, "How deliveries authenticate themselves is not stated; \(saw).")
        }
        guard let ways = clause.value else { return nil }
        guard endpoint.hasCredentials, ways.contains(.basic) else {
            guard ways.contains(.basic) || !values.isEmpty else { return nil }
            guard values.isEmpty else {
                let text = "No credentials are configured, and an Authorization header was sent."
                return .violated(subject, text, by: clause.basis)
            }
            return .held(subject, "No credentials are configured, and none were sent.", by: clause.basis)
        }
        guard values.count == 1, let value = values.first else {
            let saw = values.isEmpty ? "no Authorization header came" : "\(values.count) Authorization headers came"
            return .violated(subject, "Credentials are configured, and \(saw).", by: clause.basis)
        }
        let wanted = "Basic \(SecretName.authorization(of: endpoint.name).placeholder)"
        guard value.isSameBytes(as: wanted) else {
            return .violated(subject, explanation(of: value, endpoint), by: clause.basis)
        }
        return .held(subject, "Authorization is exactly what is configured.", by: clause.basis)
    }

    private static func isOfAnother(_ endpoint: EndpointView, _ value: String, _ context: JudgingContext) -> Bool {
        let own = ["\(endpoint.name).authorization", "\(endpoint.name).password", "\(endpoint.name).secret"]
        return SecretMarks.names(in: value).contains { !own.contains($0) }
    }

    /// What is wrong with a value, without repeating what could be half of a password.
    private static func explanation(of value: String, _ endpoint: EndpointView) -> String {
        if value.contains(SecretName.password(of: endpoint.name).placeholder) {
            return "Authorization carries the password itself; the base64 of user:password is promised."
        }
        if value.contains(SecretName.authorization(of: endpoint.name).placeholder) {
            return "Authorization has the right credentials and something else around them: \(value.quoted)."
        }
        let isBasic = value.lowercased().hasPrefix("basic ")
        return
            "Authorization \(isBasic ? "is Basic with other credentials" : "is not Basic") (\(value.utf8.count) bytes)."
    }
}
