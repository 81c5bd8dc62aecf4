import Notation

extension ContractReader {
    /// Reads how a delivery is signed.
    mutating func signature() -> SignatureTerms {
        var section = section("signature")
        defer { section.finish() }
        return SignatureTerms(
            header: section.clause("header", as: .headerName),
            algorithm: section.clause("algorithm", as: .algorithm),
            encoding: section.clause("encoding", as: .encoding),
            prefix: section.clause("prefix", as: .characters),
            key: section.clause("key", as: .keyForm),
            content: section.clause("content", as: .content),
            absentWithoutSecret: section.clause("absent_without_secret", as: .truth),
            perAttempt: section.clause("per_attempt", as: .word),
            timestampTolerance: section.optional("timestamp_tolerance", as: .duration),
            rotation: section.optional("rotation", as: .duration),
            covers: section.optional("covers", as: .word)
        )
    }

    /// Reads when a failed delivery is tried again.
    mutating func retry() -> RetryTerms {
        var section = section("retry")
        defer { section.finish() }
        var terms = RetryTerms(
            attempts: section.clause("attempts", as: .count),
            delays: section.clause("delays", as: .durations),
            countedFrom: section.clause("counted_from", as: .word),
            failures: section.clause("failures", as: .words()),
            retryAfter: section.clause("retry_after", as: .word),
            samePayload: section.clause("same_payload", as: .truth),
            retriedStatuses: section.optional("retried_statuses", as: .statuses),
            finalStatuses: section.optional("final_statuses", as: .statuses)
        )
        terms.retryAfterForms = section.optional("retry_after_forms", as: .words())
        terms.retryAfterCap = section.optional("retry_after_cap", as: .duration)
        terms.jitter = section.optional("jitter", as: .jitter)
        terms.redelivery = section.optional("redelivery", as: .redelivery)
        terms.changedEndpoint = section.optional("changed_endpoint", as: .word)
        return terms
    }

    /// Reads when a provider stops delivering by itself.
    mutating func disablement() -> DisablementTerms {
        var section = section("disablement")
        defer { section.finish() }
        var terms = DisablementTerms(
            automatic: section.clause("automatic", as: .word),
            statuses: section.clause("statuses", as: .statuses),
            threshold: section.clause("threshold", as: .sentence),
            notification: section.clause("notification", as: .truth)
        )
        terms.notice = section.optional("notice", as: .eventName)
        return terms
    }
}
