import Notation

extension Contract {
    /// Every clause of the contract in words, in the order of the file.
    package var statements: [ContractStatement] {
        transportStatements + endpointStatements + eventStatements + bodyStatements + signatureStatements
            + outcomeStatements
    }

    private var transportStatements: [ContractStatement] {
        [
            ContractStatement("transport", "scheme", transport.scheme, .word),
            ContractStatement("transport", "method", transport.method, .method),
            ContractStatement("transport", "redirects", transport.redirects, .word),
            ContractStatement("transport", "certificates", transport.certificates, .word),
        ]
            + optional("transport", "tls", transport.tls, .word)
            + optional("transport", "connect_limit", transport.connectLimit, .duration)
            + optional("transport", "private_addresses", transport.privateAddresses, .word)
    }

    private var endpointStatements: [ContractStatement] {
        let clauses =
            [
                ContractStatement("endpoint", "count", endpoint.count, .word),
                ContractStatement("endpoint", "subscription", endpoint.subscription, .word),
                ContractStatement("endpoint", "initial_state", endpoint.initialState, .word),
                ContractStatement("endpoint", "activation_delivery", endpoint.activationDelivery, .truth),
                ContractStatement("endpoint", "toggle", endpoint.toggle, .truth),
                ContractStatement("endpoint", "authentication", endpoint.authentication, .words()),
                ContractStatement("endpoint", "source_filter", endpoint.sourceFilter, .names),
            ]
            + optional("endpoint", "custom_headers", endpoint.customHeaders, .truth)
            + optional("endpoint", "unusable_url", endpoint.unusableURL, .word)
            + optional("endpoint", "test_delivery", endpoint.testDelivery, .word)
            + optional("endpoint", "handshake", endpoint.handshake, .word)
            + optional("endpoint", "signature_probe", endpoint.signatureProbe, .truth)
            + optional("endpoint", "concurrency", endpoint.concurrency, .number)
            + optional("endpoint", "rate", endpoint.rate, .rate)
            + optional("endpoint", "throttling", endpoint.throttling, .word)
        let gateStatements = gates.map { gate in
            var statement = ContractStatement("gates", gate.name, gate.rule, .sentence)
            let held = gate.events.isEmpty ? "all events" : gate.events.joined(separator: ", ")
            statement.text = statement.text.map { "\($0); holds back \(held)" }
            return statement
        }
        return clauses + listed(gateStatements, as: "gates", in: nil)
    }

    private var eventStatements: [ContractStatement] {
        let named = events.flatMap { event in
            [
                ContractStatement("events", event.name, event.occasion, .sentence),
                ContractStatement(
                    "events",
                    event.name + ContractStatement.wireNameMark,
                    event.wireName,
                    .eventName
                ),
            ]
        }
        let carried = headers.map { ContractStatement("headers", $0.name, $0.value, .headerValue) }
        return listed(named, as: "events", in: nil)
            + [ContractStatement("publication", "once", publication.once, .publicationRules)]
            + listed(carried, as: "headers", in: nil)
    }

    private var bodyStatements: [ContractStatement] {
        let fields = body.fields.map { field in
            var statement = ContractStatement("body", "field: \(field.role.rawValue)", field.clause, .pointer)
            if let form = field.timeForm { statement.text = statement.text.map { "\($0), form \(form.rawValue)" } }
            return statement
        }
        return [
            ContractStatement("body", "format", body.format, .word),
            ContractStatement("body", "schema", body.schema, .path),
        ]
            + listed(fields, as: "fields", in: "body")
            + clauses(body.conditional, "conditional", .conditionalField)
            + clauses(body.watched, "watched", .watchedList)
            + clauses(body.forbidden, "forbidden", .forbiddenData)
            + clauses(body.substitutes, "substitutes", .substitute)
            + optional("body", "coding", body.coding, .word)
    }

    private var signatureStatements: [ContractStatement] {
        [
            ContractStatement("signature", "header", signature.header, .headerName),
            ContractStatement("signature", "algorithm", signature.algorithm, .algorithm),
            ContractStatement("signature", "encoding", signature.encoding, .encoding),
            ContractStatement("signature", "prefix", signature.prefix, .characters),
            ContractStatement("signature", "key", signature.key, .keyForm),
            ContractStatement("signature", "content", signature.content, .content),
            ContractStatement("signature", "absent_without_secret", signature.absentWithoutSecret, .truth),
            ContractStatement("signature", "per_attempt", signature.perAttempt, .word),
        ]
            + optional("signature", "timestamp_tolerance", signature.timestampTolerance, .duration)
            + optional("signature", "rotation", signature.rotation, .duration)
            + optional("signature", "covers", signature.covers, .word)
    }

    private var outcomeStatements: [ContractStatement] {
        [
            ContractStatement(nil, "response_limit", responseLimit, .responseLimit)
        ] + optional(nil, "first_response_limit", firstResponseLimit, .responseLimit) + [
            ContractStatement(nil, "latency", latency, .duration),
            ContractStatement(nil, "success", success, .statuses),
            ContractStatement("retry", "attempts", retry.attempts, .count),
            ContractStatement("retry", "delays", retry.delays, .durations),
            ContractStatement("retry", "counted_from", retry.countedFrom, .word),
            ContractStatement("retry", "failures", retry.failures, .words()),
            ContractStatement("retry", "retry_after", retry.retryAfter, .word),
            ContractStatement("retry", "same_payload", retry.samePayload, .truth),
        ]
            + optional("retry", "retried_statuses", retry.retriedStatuses, .statuses)
            + optional("retry", "final_statuses", retry.finalStatuses, .statuses)
            + optional("retry", "retry_after_forms", retry.retryAfterForms, .words())
            + optional("retry", "retry_after_cap", retry.retryAfterCap, .duration)
            + optional("retry", "jitter", retry.jitter, .jitter)
            + optional("retry", "redelivery", retry.redelivery, .redelivery)
            + optional("retry", "changed_endpoint", retry.changedEndpoint, .word)
            + lastStatements
    }

    private var lastStatements: [ContractStatement] {
        [
            ContractStatement(nil, "dedup", dedup, .dedupKey),
            ContractStatement(nil, "guarantee", guarantee, .word),
            ContractStatement(nil, "ordering", ordering, .word),
            ContractStatement("disablement", "automatic", disablement.automatic, .word),
            ContractStatement("disablement", "statuses", disablement.statuses, .statuses),
            ContractStatement("disablement", "threshold", disablement.threshold, .sentence),
            ContractStatement("disablement", "notification", disablement.notification, .truth),
        ]
            + optional("disablement", "notice", disablement.notice, .eventName)
            + [ContractStatement(nil, "delivery_log", deliveryLog, .deliveryLog)]
    }

    private func clauses<Value>(_ list: [Clause<Value>], _ name: String, _ form: TermForm<Value>) -> [ContractStatement]
    {
        listed(list.map { ContractStatement("body", name, $0, form) }, as: name, in: "body")
    }

    /// A clause that a file may leave out; nothing is shown of one that it does.
    private func optional<Value>(
        _ section: String?,
        _ name: String,
        _ clause: Clause<Value>,
        _ form: TermForm<Value>
    ) -> [ContractStatement] {
        clause.isUnstated && clause.position == nil ? [] : [ContractStatement(section, name, clause, form)]
    }

    /// The statements, or the one that nothing is said.
    private func listed(_ statements: [ContractStatement], as name: String, in section: String?) -> [ContractStatement]
    {
        statements.isEmpty ? [ContractStatement(unstated: name, in: section)] : statements
    }
}
