import WebhookContracts

/// What scripted replies of an endpoint come to by its contract.
struct ReplyFates {
    let endpoint: ScenarioEndpoint
    let contract: Contract

    /// What a dispatcher makes of a reply.
    enum Fate: Equatable {
        case success
        case failure(FailureClass)
        /// One dispatcher may take it for success, another for failure.
        case unknown
    }

    /// How long an attempt is taken to wait for its answer at most.
    private var limit: Duration { contract.responseLimit.value?.total ?? RetryForecast.unstatedLimit }

    /// How long an attempt with this reply takes, cut off at the response limit.
    func time(of reply: Reply) -> Duration {
        min(duration(of: reply) ?? limit, limit)
    }

    /// Says that no attempt follows: a success, a failure that is not retried, an answer that switches the endpoint off.
    func ends(_ reply: Reply, _ fate: Fate) -> Bool {
        if case .respond(let response) = reply,
            contract.disablement.statuses.value?.contains(response.status) == true
        {
            return true
        }
        switch fate {
        case .success: return true
        case .failure(let failure): return contract.retry.failures.value.map { !$0.contains(failure) } ?? false
        case .unknown: return false
        }
    }

    func fate(of reply: Reply) -> Fate {
        let verifies = contract.transport.certificates.value != .unverified
        if endpoint.identity.mustBeRefused, verifies { return .failure(.tls) }
        switch reply {
        case .respond(let response): return fate(of: response)
        case .fault(let fault):
            switch fault.kind {
            case .expired, .notYetValid, .selfSigned, .unknownAuthority, .wrongHost:
                return verifies ? .failure(.tls) : .unknown
            case .oldVersion, .handshakeStall, .handshakeAbort: return .failure(.tls)
            case .blackhole, .endless, .ambiguousAck: return .failure(.timeout)
            case .slowRead: return fate(of: fault.answer)
            case .wrongLength: return .unknown
            case .hang: return isBehindAnswer(fault) ? fate(of: fault.answer) : .failure(.timeout)
            case .close, .halfClose, .goAway: return isBehindAnswer(fault) ? fate(of: fault.answer) : .failure(.network)
            // The reset may overtake the answer, and what follows it may be read as part of it.
            case .reset, .garbage, .resetStream: return isBehindAnswer(fault) ? .unknown : .failure(.network)
            case .malformedChunk, .truncate, .lostAck, .refuse, .tlsTruncation: return .failure(.network)
            }
        }
    }

    private func isBehindAnswer(_ fault: Fault) -> Bool {
        switch fault.at {
        case .end: true
        case .body(let count): count >= fault.answer.bodySize
        default: false
        }
    }

    private func fate(of response: Response) -> Fate {
        if let limit = contract.responseLimit.value?.total {
            if longest(response) > limit {
                // A wait that is drawn may be shorter.
                return shortest(response) > limit ? .failure(.timeout) : .unknown
            }
        }
        let success = contract.success.value ?? StatusSet(ranges: [200...299])
        if success.contains(response.status) { return .success }
        switch response.status {
        case 300...399: return .failure(.redirect)
        case 400...499: return .failure(.clientError)
        case 500...599: return .failure(.serverError)
        default: return .failure(.network)
        }
    }

    /// How long a reply takes from the request to its last byte; `nil` for one that never ends.
    private func duration(of reply: Reply) -> Duration? {
        switch reply {
        case .respond(let response): return longest(response)
        case .fault(let fault):
            switch fault.kind {
            case .hang, .blackhole, .endless, .ambiguousAck, .handshakeStall: return nil
            default: return fault.longestWait + (fault.kind == .slowRead ? longest(fault.answer) : .zero)
            }
        }
    }

    private func shortest(_ response: Response) -> Duration {
        guard let spread = response.spread else { return longest(response) }
        let least: Duration = if case .uniform(let least, _) = spread { least } else { .zero }
        return longest(response) - spread.most + least
    }

    private func longest(_ response: Response) -> Duration {
        var total = response.spread?.most ?? response.after
        total += response.holdHeaders + response.holdBody
        total += response.interim.map(\.after).reduce(.zero, +)
        if let drip = response.drip {
            // The head is at least its status line.
            let bytes = drip.part == .body ? response.bodySize : 40
            total += drip.every * (max(0, bytes - 1) / drip.bytes)
        }
        return total
    }
}

extension DelaySpread {
    /// The longest delay that can be drawn.
    var most: Duration {
        switch self {
        case .uniform(_, let most), .lognormal(_, _, let most): most
        }
    }
}

extension Fault {
    fileprivate var longestWait: Duration { spread?.most ?? after }
}
