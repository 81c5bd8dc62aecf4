package import DeliveryEvidence
package import FoundationEssentials
package import RunClocks
import Synchronization

/// What the receivers of a console have seen, as far as it is kept, and whoever waits for more.
///
/// Each endpoint has a compartment of its own, which the ``sink(for:passingTo:inspecting:redactor:)`` of its receiver
/// fills.
package final class LiveJournal: Sendable {
    package let limits: JournalLimits
    private let clock: any RunClock
    /// The wall clock's time at stamp 0 of the run's clock.
    package let startedAt: Date
    private let hub = JournalHub()
    private let endpoints = Mutex<[String: EndpointJournal]>([:])

    /// Makes an empty journal of receivers that count on `clock`.
    package init(clock: any RunClock, limits: JournalLimits = JournalLimits()) {
        self.clock = clock
        self.limits = limits
        let (seconds, attoseconds) = clock.now.sinceStart.components
        startedAt = Date().addingTimeInterval(-Double(seconds) - Double(attoseconds) / 1e18)
    }

    /// Makes the compartment of an endpoint, to be its receiver's sink; an older one of that id is forgotten.
    ///
    /// - Parameters:
    ///   - next: where every event goes on to, unchanged.
    ///   - inspecting: tells what a signature is worth.
    ///   - redactor: takes secrets out of whatever is shown of the endpoint.
    package func sink(
        for endpoint: String,
        passingTo next: (any EvidenceSink)? = nil,
        inspecting: SignatureInspection? = nil,
        redactor: Redactor = Redactor()
    ) -> any EvidenceSink {
        let lens = JournalLens(startedAt: startedAt, inspect: inspecting, redactor: redactor)
        let journal = EndpointJournal(endpoint: endpoint, hub: hub, limits: limits, lens: lens, next: next)
        endpoints.withLock { $0[endpoint] = journal }
        return journal
    }

    /// The count of entries so far; what a later `since` starts from.
    package var cursor: Int { hub.lastCursor }

    /// Watches all endpoints, or one; the stream ends with the task that reads it.
    ///
    /// - Parameters:
    ///   - includingRequests: whether entries about requests are wanted, which under load are nearly all there are.
    ///   - since: begin with everything kept that changed after this count; `nil` begins now.
    ///   - capacity: how many entries may wait; a watcher that lets more pile up gets ``JournalEntry/Kind/missed(_:)``.
    package func subscribe(
        endpoint: String? = nil,
        includingRequests: Bool = true,
        since: Int? = nil,
        capacity: Int = 1000
    ) -> AsyncStream<JournalEntry> {
        let (subscription, ending) = watch(
            endpoint: endpoint,
            includingRequests: includingRequests,
            since: since,
            capacity: capacity
        )
        return AsyncStream {
            let entry = await subscription.next()
            if entry == nil { ending.end() }
            return entry
        } onCancel: {
            ending.end()
        }
    }

    /// Takes a watcher in, until its end is called or dropped.
    func watch(
        endpoint: String?,
        includingRequests: Bool = true,
        since: Int?,
        capacity: Int
    ) -> (JournalSubscription, SubscriptionEnd) {
        let subscription = JournalSubscription(
            endpoint: endpoint,
            wantsRequests: includingRequests,
            capacity: capacity
        )
        let ending = SubscriptionEnd(hub: hub, id: hub.add(subscription))
        if let since {
            let all = endpoints.withLock { Array($0.values) }
            let backlog = all.filter { endpoint == nil || $0.endpoint == endpoint }.flatMap { $0.entries(after: since) }
                .filter { includingRequests || !$0.kind.isRequest }
            subscription.prepend(backlog.sorted { $0.cursor < $1.cursor })
        }
        return (subscription, ending)
    }

    /// Notes that an endpoint got another script.
    package func noteScript(of endpoint: String, _ change: ScriptChange) {
        self[endpoint]?.note(.scriptChanged(change), at: now)
    }

    /// Notes something about an endpoint that a person should know, such as a script file that cannot be read.
    package func noteProblem(at endpoint: String, _ message: String) {
        self[endpoint]?.note(.problem(message), at: now)
    }

    /// Notes that an endpoint is closed and forgets what it saw.
    package func close(_ endpoint: String) {
        endpoints.withLock { $0.removeValue(forKey: endpoint) }?.close(at: now)
    }

    /// The compartment of an endpoint.
    subscript(endpoint: String) -> EndpointJournal? { endpoints.withLock { $0[endpoint] } }

    private var now: Stamp { Stamp(sinceStart: clock.now.sinceStart) }
}

/// Lets a watcher go, once its stream ends or is dropped.
final class SubscriptionEnd: Sendable {
    private let hub: JournalHub
    private let id: Int

    fileprivate init(hub: JournalHub, id: Int) {
        self.hub = hub
        self.id = id
    }

    func end() { hub.remove(id) }

    deinit { end() }
}
