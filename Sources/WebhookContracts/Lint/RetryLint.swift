import Notation

extension LintFindings {
    /// Holds the response limit, the success statuses and the failures against each other.
    mutating func checkOutcome() {
        if let limit = contract.responseLimit.value, limit.total <= .zero {
            error(
                "a response limit of \(DurationNotation.text(limit.total)) fails every delivery",
                at: contract.responseLimit.position,
                help: "write the limit that the documents give"
            )
        }
        if let latency = contract.latency.value, latency <= .zero {
            error("no attempt can start in no time", at: contract.latency.position, help: "write how late it may start")
        }
        let classes: [(FailureClass, ClosedRange<Int>)] = [
            (.redirect, 300...399), (.clientError, 400...499), (.serverError, 500...599),
        ]
        let success = contract.success.value
        for (failure, statuses) in classes where contract.retry.failures.value?.contains(failure) == true {
            guard let success, statuses.allSatisfy(success.contains) else { continue }
            error(
                "every \(failure.rawValue) counts as success, and yet is tried again",
                at: contract.retry.failures.position,
                help: "leave `\(failure.rawValue)` out of `failures` or of `success`"
            )
        }
        if contract.transport.redirects.value == .refused, let success, (300...399).contains(where: success.contains) {
            error(
                "a redirect is a failed attempt, but `success` includes statuses of 3xx",
                at: contract.success.position,
                help: "leave 3xx out of `success`, or correct `transport.redirects`"
            )
        }
        checkDisablement()
        checkStatuses()
    }

    /// Holds the statuses of which something special is said against each other and against the successes.
    private mutating func checkStatuses() {
        let retry = contract.retry
        let lists = [("retried_statuses", retry.retriedStatuses), ("final_statuses", retry.finalStatuses)]
        for (name, clause) in lists {
            guard let statuses = clause.value, let success = contract.success.value,
                let both = (100...599).first(where: { statuses.contains($0) && success.contains($0) })
            else { continue }
            error(
                "the status \(both) is a success, and yet `retry.\(name)` treats it as a failure",
                at: clause.position,
                help: "leave it out of `retry.\(name)` or of `success`"
            )
        }
        if let retried = retry.retriedStatuses.value, let final = retry.finalStatuses.value,
            let both = (100...599).first(where: { retried.contains($0) && final.contains($0) })
        {
            error(
                "the status \(both) is tried again and is not",
                at: retry.finalStatuses.position,
                help: "leave it out of `retry.retried_statuses` or of `retry.final_statuses`"
            )
        }
    }

    private mutating func checkDisablement() {
        let disablement = contract.disablement
        if let statuses = disablement.statuses.value, let success = contract.success.value,
            let both = (100...599).first(where: { statuses.contains($0) && success.contains($0) })
        {
            error(
                "the status \(both) is a success, and yet it switches the endpoint off",
                at: disablement.statuses.position,
                help: "leave it out of `disablement.statuses` or of `success`"
            )
        }
        if disablement.automatic.isNone, disablement.threshold.value != nil {
            error(
                "endpoints are never disabled automatically, and yet there is a threshold for it",
                at: disablement.threshold.position,
                help: "make `threshold` say `none: true`, or correct `automatic`"
            )
        }
    }

    /// Holds the retry clauses against each other and against the guarantee.
    mutating func checkRetry() {
        let retry = contract.retry
        if let attempts = retry.attempts.value {
            checkDelays(attempts: attempts)
            if attempts.highest == 0 {
                error(
                    "an event that is never attempted is not delivered",
                    at: retry.attempts.position,
                    help: "write `exactly 1`"
                )
            }
            if attempts.lowest > 1, retry.failures.isNone {
                error(
                    "there are several attempts, but no failure is tried again",
                    at: retry.failures.position,
                    help: "name the failures that are tried again"
                )
            }
        }
        checkGuarantee()
    }

    private mutating func checkDelays(attempts: CountRange) {
        let retry = contract.retry
        let delays = retry.delays.value ?? []
        if attempts.highest == 1 {
            let pointless: [(String, Bool, SourcePosition?)] = [
                ("delays", !delays.isEmpty, retry.delays.position),
                ("counted_from", retry.countedFrom.value != nil, retry.countedFrom.position),
                ("failures", retry.failures.value?.isEmpty == false, retry.failures.position),
                ("retry_after", retry.retryAfter.value == .honoured, retry.retryAfter.position),
            ]
            for (name, isGiven, position) in pointless where isGiven {
                error(
                    "there is only one attempt, but `retry.\(name)` speaks of another",
                    at: position,
                    help: "write `{ none: true, source: … }`, or correct `attempts`"
                )
            }
        } else if let highest = attempts.highest, !delays.isEmpty, delays.count != highest - 1 {
            error(
                "\(highest) attempts have \(highest - 1) waits between them, but `retry.delays` has \(delays.count)",
                at: retry.delays.position,
                help: "give one delay for each attempt after the first"
            )
        }
    }

    private mutating func checkGuarantee() {
        let (retry, guarantee) = (contract.retry, contract.guarantee)
        let retries = retry.attempts.value.map { $0.lowest > 1 } ?? (retry.delays.value?.isEmpty == false)
        let onlyOne = retry.attempts.value?.highest == 1 || retry.failures.isNone
        switch guarantee.value {
        case .bestEffort where retries:
            error(
                "the guarantee is best effort, but failed deliveries are tried again",
                at: guarantee.position,
                help: "write `bounded retries`, or correct `retry`"
            )
        case .boundedRetries where onlyOne:
            error(
                "the guarantee is bounded retries, but nothing is tried again",
                at: guarantee.position,
                help: "write `best effort`, or correct `retry`"
            )
        case .boundedRetries where retry.attempts.value?.highest == nil:
            warning(
                "the guarantee is bounded retries, but the number of attempts is not given",
                at: guarantee.position,
                help: "give `retry.attempts` when the documents do"
            )
        case .atLeastOnce where onlyOne:
            error(
                "the guarantee is at least once, but nothing is tried again",
                at: guarantee.position,
                help: "write `best effort`, or correct `retry`"
            )
        default: break
        }
    }

    /// Holds the dedup key against what carries it.
    mutating func checkDedup() {
        let dedup = contract.dedup
        if let name = dedup.value?.header {
            let header = contract.headers.first { $0.name.lowercased() == name.lowercased() }
            if let header, let value = header.value.value, value != .eventID {
                error(
                    "receivers deduplicate by '\(name)', but it carries `\(HeaderValueNotation.text(value))`",
                    at: dedup.position,
                    help: "name the header that carries `event id`"
                )
            } else if header == nil {
                error(
                    "receivers deduplicate by '\(name)', which is not in the list of headers",
                    at: dedup.position,
                    help: "add it to `headers` with the value `event id`"
                )
            }
        }
        guard dedup.value == nil else { return }
        if let header = contract.header(carrying: .eventID) {
            warning(
                "`\(header.name)` carries the event's id, but nothing says that receivers can deduplicate by it",
                at: dedup.position,
                help: "name it under `dedup:`, inferred if need be"
            )
        } else if contract.guarantee.value == .atLeastOnce {
            warning(
                "events may arrive more than once, but nothing says how to tell",
                at: dedup.position,
                help: "name a header or fields under `dedup:`, inferred if need be"
            )
        }
    }
}
