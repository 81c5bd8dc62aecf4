/// A request that somebody asked for by its number.
package enum JournalLookup: Sendable {
    case found(JournalRequest)
    /// It has not arrived yet; so many have.
    case notYet(arrived: Int)
    /// It arrived and the journal has let it go; the first one kept has number `first`.
    case dropped(first: Int)
    /// There is no such endpoint (any more).
    case noEndpoint
}

/// Some requests of an endpoint.
package struct JournalPage: Sendable {
    /// In order of arrival.
    package var requests: [JournalRequest]
    /// How many have arrived at the endpoint.
    package var arrived: Int
    /// How many of them the journal has let go.
    package var dropped: Int
}

extension LiveJournal {
    /// Looks for the request with that number, 1-based.
    package func request(_ number: Int, of endpoint: String) -> JournalLookup {
        guard let journal = self[endpoint] else { return .noEndpoint }
        return journal.read { state in
            if let request = state.request(number) { return .found(request) }
            guard number > state.arrived else { return .dropped(first: state.requests.first?.number ?? 1) }
            return .notYet(arrived: state.arrived)
        }
    }

    /// The requests after number `since`, at most `limit`; `nil` when there is no such endpoint.
    package func requests(of endpoint: String, since: Int = 0, limit: Int = 1000) -> JournalPage? {
        self[endpoint]?.read { state in
            JournalPage(
                requests: state.requests(after: since, atMost: limit),
                arrived: state.arrived,
                dropped: state.requestsDropped
            )
        }
    }

    /// Connections to an endpoint that failed before there was a request, and other problems, the earliest first, and how many
    /// notes are gone; `nil` when there is no such endpoint.
    package func failures(of endpoint: String) -> (entries: [JournalEntry], dropped: Int)? {
        self[endpoint]?.failures
    }

    /// Waits until request number `forRequest` of an endpoint has arrived; does not poll.
    ///
    /// Returns early when the endpoint is closed or the task cancelled.
    package func wait(endpoint: String, forRequest number: Int, timeout: Duration) async -> JournalLookup {
        guard let journal = self[endpoint] else { return .noEndpoint }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await journal.waitForRequest(number) }
            group.addTask {
                // It ends early only when the request has arrived or nobody waits any more.
                do { try await Task.sleep(for: timeout) } catch { return }
            }
            await group.next()
            group.cancelAll()
        }
        return request(number, of: endpoint)
    }
}
