import DeliveryEvidence
import WebhookContracts

/// T4: the method, the target byte for byte, and `Host`.
enum RequestLineCheck {
    static let check = Check(
        "request.method-and-target",
        codes: ["T4"],
        title: "A delivery uses the promised method and goes to exactly the URL that was registered.",
        asks: "The method is the contract's, path and query are kept byte for byte, and Host names the URL's authority."
    ) { context in
        context.attempts.flatMap { attempt -> [Finding] in
            guard attempt.arrived.malformed == nil else { return [] }
            let subject = context.subject(of: attempt)
            return [method(attempt, subject, context), address(attempt, subject, context)].compactMap(\.self)
        }
    }

    private static func method(_ attempt: AttemptView, _ subject: String, _ context: JudgingContext) -> Finding? {
        let clause = context.contract.transport.method
        let used = attempt.arrived.method
        if clause.isUnstated { return .unstated(subject, "The method is not stated; \(used.quoted) was used.") }
        guard let wanted = clause.value else { return nil }
        if used == wanted { return .held(subject, "The method is \(wanted).", by: clause.basis) }
        return .violated(subject, "The method is \(used.quoted); \(wanted) is promised.", by: clause.basis)
    }

    /// The target and `Host` are not a provider's to choose: they follow from the URL (RFC 9112 section 3.2).
    private static func address(_ attempt: AttemptView, _ subject: String, _ context: JudgingContext) -> Finding? {
        let endpoint = context.endpoint(of: attempt)
        // Which of its URLs an endpoint's retries go to has a check of its own.
        let addresses = endpoint?.urls.compactMap(RegisteredURL.init) ?? []
        let matching = addresses.first { $0.target.isSameBytes(as: attempt.arrived.target) }
        guard let address = matching ?? addresses.first else { return nil }
        let basis = Basis(source: "RFC 9112, section 3.2")
        var problems: [String] = []
        if !attempt.arrived.target.isSameBytes(as: address.target) {
            problems.append("the target is \(attempt.arrived.target.quoted), the URL's is \(address.target.quoted)")
        }
        let hosts = attempt.arrived.values(of: "Host")
        if hosts.count != 1 {
            problems.append("Host is given \(hosts.count) times")
        } else if let host = hosts.first, host.lowercased() != address.authority.lowercased() {
            problems.append("Host is \(host.quoted), the URL's is \(address.authority.quoted)")
        }
        guard problems.isEmpty else {
            return .violated(
                subject,
                "Not the URL that was registered: \(problems.joined(separator: "; ")).",
                by: basis
            )
        }
        return .held(subject, "Target and Host are those of the registered URL.", by: basis)
    }
}

/// The parts of a URL that stand in a request.
struct RegisteredURL {
    var authority: String
    var target: String

    /// Splits an absolute http or https URL; `nil` when it is none.
    init?(_ url: String) {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        let rest = url[scheme.upperBound...].prefix { $0 != "#" }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let named = rest[..<end]
        authority = String(named.lastIndex(of: "@").map { named[named.index(after: $0)...] } ?? named)
        let path = String(rest[end...])
        target = path.hasPrefix("/") ? path : "/" + path
        guard !authority.isEmpty else { return nil }
    }
}
