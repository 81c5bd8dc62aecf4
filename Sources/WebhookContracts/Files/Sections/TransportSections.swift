import Notation

extension ContractReader {
    /// Reads how a delivery travels.
    mutating func transport() -> TransportTerms {
        var section = section("transport")
        defer { section.finish() }
        return TransportTerms(
            scheme: section.clause("scheme", as: .word),
            method: section.clause("method", as: .method),
            redirects: section.clause("redirects", as: .word),
            certificates: section.clause("certificates", as: .word),
            tls: section.optional("tls", as: .word),
            connectLimit: section.optional("connect_limit", as: .duration),
            privateAddresses: section.optional("private_addresses", as: .word)
        )
    }

    /// Reads what a customer configures.
    mutating func endpoint() -> EndpointTerms {
        var section = section("endpoint")
        defer { section.finish() }
        var terms = EndpointTerms(
            count: section.clause("count", as: .word),
            subscription: section.clause("subscription", as: .word),
            initialState: section.clause("initial_state", as: .word),
            activationDelivery: section.clause("activation_delivery", as: .truth),
            toggle: section.clause("toggle", as: .truth),
            authentication: section.clause("authentication", as: .words()),
            sourceFilter: section.clause("source_filter", as: .names),
            customHeaders: section.optional("custom_headers", as: .truth),
            unusableURL: section.optional("unusable_url", as: .word),
            testDelivery: section.optional("test_delivery", as: .word)
        )
        terms.handshake = section.optional("handshake", as: .word)
        terms.signatureProbe = section.optional("signature_probe", as: .truth)
        terms.concurrency = section.optional("concurrency", as: .number)
        terms.rate = section.optional("rate", as: .rate)
        terms.throttling = section.optional("throttling", as: .word)
        return terms
    }

    /// Reads the conditions under which nothing is published.
    mutating func gates() -> [Gate] {
        let clauses = clauses
        return items("gates") { node in
            guard var item = Self.item(node, what: "a gate", log: clauses.log) else { return nil }
            let name = item.required("name", as: TermForm<String>.sentence)
            let rule: Clause<String> = Self.clause("rule", in: &item, of: "gates", clauses: clauses, as: .sentence)
            let events = Self.heldEvents(&item)
            item.finish()
            guard let name, let events else { return nil }
            return Gate(name: name, events: events, rule: rule)
        }
    }

    /// Reads what every delivery carries in its head.
    mutating func headers() -> [HeaderTerms] {
        let clauses = clauses
        return items("headers") { node in
            guard var item = Self.item(node, what: "a header", log: clauses.log) else { return nil }
            let name = item.required("name", as: TermForm<String>.headerName)
            let value: Clause<HeaderValue> = Self.clause(
                "value",
                in: &item,
                of: "headers",
                clauses: clauses,
                as: .headerValue
            )
            item.finish()
            return name.map { HeaderTerms(name: $0, value: value) }
        }
    }

    /// Reads `holds_back`: events, or `all events`, which is an empty list.
    private static func heldEvents(_ item: inout MappingReader) -> [String]? {
        let names = item.required("holds_back", as: TermForm<[String]>.names)
        return names == ["all events"] ? [] : names
    }
}
