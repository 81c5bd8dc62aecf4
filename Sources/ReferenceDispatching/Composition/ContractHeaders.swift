package import CurlTransport
package import WebhookContracts

extension Contract {
    /// Whether deliveries carry the id and time headers of Standard Webhooks.
    ///
    /// They do where the contract leaves receivers nothing to deduplicate by, and where the signature needs them.
    package func carriesStandardIDs(signed: Bool) -> Bool {
        if signed && signsAsStandardWebhooks { return true }
        return dedup.isUnstated && header(carrying: .eventID) == nil
    }

    /// The header fields of an attempt: the contract's in its own order, then what it is silent on, then the owner's.
    package func headerFields(_ parts: HeaderParts) -> [HeaderField] {
        var fields = headers.compactMap { terms in
            value(of: terms, parts).map { HeaderField(terms.name, $0) }
        }
        func add(_ name: String, _ value: String?) {
            guard let value, fields.values(named: name).isEmpty else { return }
            fields.append(HeaderField(name, value))
        }
        add("Content-Type", contentType)
        add("Content-Encoding", body.coding.value?.rawValue)
        add("User-Agent", SilentContractDefaults.userAgent)
        if carriesStandardIDs(signed: parts.signature != nil) {
            add(SilentContractDefaults.idHeader, parts.eventID)
            add(SilentContractDefaults.timestampHeader, parts.timestamp)
        }
        if let signatureHeader { add(signatureHeader, parts.signature) }
        add("Authorization", parts.authorization)
        for field in parts.own { add(field.name, field.value) }
        return fields
    }

    /// The names that an owner's own headers cannot have, in lower case.
    package var reservedHeaderNames: Set<String> {
        let transport = [
            "host", "content-length", "transfer-encoding", "connection", "expect", "authorization", "content-type",
            "content-encoding",
            "user-agent", "te", "trailer", "upgrade", "keep-alive", "proxy-authorization",
        ]
        let standard = [
            SilentContractDefaults.idHeader, SilentContractDefaults.timestampHeader,
            SilentContractDefaults.signatureHeader,
        ]
        let own = headers.map { $0.name.lowercased() } + [signatureHeader?.lowercased()].compactMap(\.self)
        return Set(transport + standard + own)
    }

    /// How bodies are written.
    package var bodyFormat: BodyFormat { body.format.value ?? SilentContractDefaults.format }

    /// The media type of the body.
    package var contentType: String {
        switch bodyFormat {
        case .json: "application/json"
        case .form: "application/x-www-form-urlencoded"
        }
    }

    private func value(of terms: HeaderTerms, _ parts: HeaderParts) -> String? {
        switch terms.value.value {
        case .literal(let text): text
        case .mediaType(let type): type
        case .eventType: parts.sentName
        case .quotedEventType: "\"\(parts.sentName)\""
        case .eventID: parts.eventID
        case .deliveryID: parts.deliveryID
        case .attemptNumber: String(parts.attemptNumber)
        case .signature: parts.signature
        case .timestamp: parts.timestamp
        case .idempotencyKey: "\"\(parts.eventID)\""
        case .contentDigest: parts.contentDigest
        case .signatureInput: parts.signatureInput
        case nil: nil
        }
    }
}
