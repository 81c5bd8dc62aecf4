import DeliveryEvidence
import DeliveryScenarios
import WebhookContracts

/// T3: old versions of TLS are not spoken, and the receiver is told which host is meant.
enum TLSVersionCheck {
    static let check = Check(
        "transport.tls-version",
        codes: ["T3"],
        title: "No version of TLS older than the promised one is spoken, and the host's name is sent in the handshake.",
        asks: """
            Where a receiver offers nothing newer than TLS 1.1, the handshake fails; every completed handshake agreed on the \
            promised version or a newer one; where the URL has a name, the ClientHello carries it (SNI).
            """
    ) { context in
        context.history.connections.flatMap { connection in
            [version(of: connection, context), name(in: connection, context)].compactMap(\.self)
        }
    }

    private static func version(of connection: ConnectionHistory, _ context: JudgingContext) -> Finding? {
        let clause = context.contract.transport.tls
        let endpoint = connection.opened.value.endpoint
        let isOld = context.history.faults.contains { fault in
            fault.value.connection == connection.opened.value.connection && fault.value.asked.contains(oldVersion)
        }
        if clause.isUnstated {
            guard isOld else { return nil }
            let saw = connection.secured?.value.version.map { "\($0) was spoken" } ?? "the handshake failed"
            return .unstated(
                endpoint,
                "How old TLS may be is not stated; where nothing newer than 1.1 was offered, \(saw)."
            )
        }
        guard let least = clause.value else { return nil }
        guard let secured = connection.secured else {
            guard isOld, connection.handshakeFailed != nil || connection.closed != nil else { return nil }
            let reason = connection.handshakeFailed.map { " (\($0.value.reason))" } ?? ""
            return .held(endpoint, "A handshake with nothing newer than TLS 1.1 failed\(reason).", by: clause.basis)
        }
        guard let text = secured.value.version, let spoken = number(text) else { return nil }
        let wanted = least == .version1Point2 ? 2 : 3
        if spoken < wanted {
            let text = "A handshake agreed on \(text); nothing older than \(least.rawValue) is promised."
            return .violated(endpoint, text, by: clause.basis)
        }
        return .held(endpoint, "A handshake agreed on \(text).", by: clause.basis)
    }

    /// RFC 9110 section 4.2.2: a client checks that the service has the host's certificate, which with several hosts at one
    /// address only works when it names the host (RFC 6066 section 3).
    private static func name(in connection: ConnectionHistory, _ context: JudgingContext) -> Finding? {
        let endpoint = context.endpoints.first { $0.name == connection.opened.value.endpoint }
        guard let host = endpoint?.scenario?.host, let secured = connection.secured else { return nil }
        let basis = Basis(source: "RFC 6066, section 3")
        let subject = connection.opened.value.endpoint
        guard let sent = secured.value.serverName else {
            return .violated(subject, "The URL's host is \(host), and the handshake named no host.", by: basis)
        }
        guard NameText.normal(sent) == NameText.normal(host) else {
            return .violated(subject, "The URL's host is \(host), and the handshake named \(sent.quoted).", by: basis)
        }
        return .held(subject, "The handshake named \(host).", by: basis)
    }

    private static let oldVersion = Fault.Kind.oldVersion.rawValue

    /// The second part of a version of TLS 1; `nil` for anything else.
    private static func number(_ version: String) -> Int? {
        switch version.lowercased().filter({ $0.isNumber || $0 == "." }) {
        case "1", "1.0": 0
        case "1.1": 1
        case "1.2": 2
        case "1.3": 3
        default: nil
        }
    }
}
