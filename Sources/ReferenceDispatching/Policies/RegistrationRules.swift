import CurlTransport
import FoundationEssentials
package import WebhookContracts
import WebhookSigning

/// What an endpoint has to be like to be registered.
package struct RegistrationRules: Sendable {
    /// The contract whose endpoint terms hold.
    package var contract: Contract
    /// The URL schemes that are accepted, in lower case.
    package var schemes: Set<String>
    /// Which addresses may be spoken to.
    package var addresses: AddressRules

    /// How many headers of its own an endpoint can have.
    private static let mostHeaders = 50

    /// Makes the rules.
    package init(contract: Contract, schemes: Set<String>, addresses: AddressRules) {
        self.contract = contract
        self.schemes = schemes
        self.addresses = addresses
    }

    /// Why `endpoint` is refused beside so many others; nil when it is not.
    package func refusal(of endpoint: Endpoint, besides others: Int) -> RequestRefusal? {
        let message =
            countProblem(others) ?? idProblem(endpoint.id) ?? urlProblem(endpoint.url)
            ?? subscriptionProblem(endpoint.events) ?? sourceProblem(endpoint.source)
            ?? credentialsProblem(endpoint.basic) ?? secretProblem(endpoint.secret) ?? headerProblem(endpoint)
        return message.map { RequestRefusal($0) }
    }

    private func countProblem(_ others: Int) -> String? {
        guard (contract.endpoint.count.value ?? SilentContractDefaults.count) == .one, others > 0 else { return nil }
        return "\(contract.provider) has one endpoint, and there is one already; delete that first"
    }

    private func idProblem(_ id: String) -> String? {
        let isPlain = id.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        guard !id.isEmpty, id.utf8.count <= 100, isPlain else {
            return "the id must be 1 to 100 letters, digits, `-`, `_` or `.`"
        }
        return nil
    }

    private func urlProblem(_ url: String) -> String? {
        do {
            try TransferRequest(method: "POST", url: url).validate()
        } catch {
            return error.message
        }
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(), let host = parts.host,
            !host.isEmpty
        else { return "the URL cannot be used: write it as scheme://host/path" }
        guard schemes.contains(scheme) else {
            let accepted = schemes.sorted().map { "\($0)://" }.joined(separator: " or ")
            return "\(scheme):// URLs are not accepted: \(contract.provider) delivers to \(accepted) only"
        }
        guard addresses.allowsHost(host) else {
            return "the URL's host is a private, loopback or otherwise special address, which is not delivered to"
        }
        return nil
    }

    private func subscriptionProblem(_ events: [String]?) -> String? {
        let rule = contract.endpoint.subscription.value
        guard let events else {
            let requiresChoice = rule.map { $0 == .chosen } ?? SilentContractDefaults.requiresChosenEvents
            return requiresChoice ? "`events` is missing: choose at least one event type" : nil
        }
        guard !events.isEmpty else { return "`events` is empty: choose at least one event type" }
        if let unknown = events.first(where: { contract.event(named: $0) == nil }) {
            let known = contract.events.map(\.name).joined(separator: ", ")
            return "\(contract.provider) has no event type called \"\(unknown)\"; there are \(known)"
        }
        if rule == .all, Set(events) != Set(contract.events.map(\.name)) {
            return "\(contract.provider) sends every event to an endpoint; leave `events` out"
        }
        return nil
    }

    private func sourceProblem(_ source: String?) -> String? {
        guard let source else { return nil }
        guard let known = contract.endpoint.sourceFilter.value else {
            return "\(contract.provider) has no source filter; leave `source` out"
        }
        return known.contains(source) ? nil : "`source` must be one of \(known.joined(separator: ", "))"
    }

    private func credentialsProblem(_ basic: BasicCredentials?) -> String? {
        guard let basic else { return nil }
        if let ways = contract.endpoint.authentication.value, !ways.contains(.basic) {
            return "\(contract.provider) does not authenticate its deliveries; leave `basic` out"
        }
        if contract.endpoint.authentication.isNone {
            return "\(contract.provider) does not authenticate its deliveries; leave `basic` out"
        }
        return basic.user.contains(":") ? "a user cannot have a colon in it (RFC 7617)" : nil
    }

    private func secretProblem(_ secret: SigningKey?) -> String? {
        secret.flatMap { contract.problem(of: $0) }
    }

    private func headerProblem(_ endpoint: Endpoint) -> String? {
        guard endpoint.headers.count <= Self.mostHeaders else {
            return "there are more than \(Self.mostHeaders) headers of the endpoint's own; leave some out"
        }
        let reserved = contract.reservedHeaderNames
        var names: Set<String> = []
        for field in endpoint.headers {
            guard names.insert(field.name.lowercased()).inserted else {
                return "the header \(field.name) is given twice, in different letters; keep one"
            }
            if reserved.contains(field.name.lowercased()) {
                return "the header \(field.name) is the dispatcher's own; choose another name"
            }
            do {
                try TransferRequest(method: "POST", url: endpoint.url, headers: [field]).validate()
            } catch {
                return "a header cannot be sent: \(error.message)"
            }
        }
        return nil
    }
}
