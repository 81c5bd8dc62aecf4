import DeliveryEvidence
import WebhookContracts
import WebhookSigning

/// A request as HTTP message signatures look at it (RFC 9421).
struct ReceivedMessage {
    let attempt: AttemptView

    init(_ attempt: AttemptView) {
        self.attempt = attempt
    }

    /// The names of the covered components, in lower case, and the parameters as they are written; `nil` when the header is
    /// missing, doubled or has not the form of one inner list.
    func covered(_ contract: Contract) -> (names: [String], written: String)? {
        guard let header = contract.header(carrying: .signatureInput), let value = attempt.header(header.name),
            value.utf8.count <= 16384, let equals = value.firstIndex(of: "=")
        else { return nil }
        let written = String(value[value.index(after: equals)...])
        guard written.hasPrefix("("), let close = written.firstIndex(of: ")") else { return nil }
        let items = written[written.index(after: written.startIndex)..<close].split(separator: " ")
        // Components with parameters, such as `;sf`, are signed in another form and are not read here.
        let names = items.compactMap { item -> String? in
            guard item.count > 2, item.hasPrefix("\""), item.hasSuffix("\"") else { return nil }
            return String(item.dropFirst().dropLast())
        }
        return names.count == items.count ? (names, written) : nil
    }

    /// The signature base (RFC 9421 section 2.5) by what the request says is covered; `nil` when it cannot be made.
    func base(_ contract: Contract) -> [UInt8]? {
        guard contract.signature.content.value == .messageBase, let covered = covered(contract) else { return nil }
        var lines: [String] = []
        for name in covered.names {
            guard let value = value(of: name) else { return nil }
            lines.append("\"\(name)\": \(value)")
        }
        lines.append("\"@signature-params\": \(covered.written)")
        return Array(lines.joined(separator: "\n").utf8)
    }

    private func value(of name: String) -> String? {
        let target = attempt.arrived.target
        let path = target.prefix { $0 != "?" }
        let scheme = attempt.connection?.secured == nil ? "http" : "https"
        let host = attempt.header("Host").map { $0.lowercased() }
        switch name {
        case "@method": return attempt.arrived.method
        case "@authority": return host
        case "@scheme": return scheme
        case "@request-target": return target
        case "@target-uri": return host.map { "\(scheme)://\($0)\(target)" }
        case "@path": return path.isEmpty ? "/" : String(path)
        case "@query": return path.count < target.count ? String(target.dropFirst(path.count)) : "?"
        default:
            let values = attempt.arrived.values(of: name)
            return values.isEmpty ? nil : values.joined(separator: ", ")
        }
    }
}
