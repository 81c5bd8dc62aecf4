package import FoundationEssentials
package import Logging
import Notation
import WebhookContracts

/// What can be asked of the dispatcher; its HTTP API is a face of this.
package struct Dispatcher: Sendable {
    /// The largest payload of an event, in bytes.
    package static let largestPayload = 32 * 1024 * 1024

    let store: DeliveryStore
    let policy: any DispatchPolicy
    let addresses: AddressRules
    let nudge: Nudge
    let logger: Logger
    /// What makes test deliveries; nil where none are possible.
    let sender: AttemptSender?

    /// Makes a dispatcher; `nudge` is rung when something became due.
    package init(
        store: DeliveryStore,
        policy: any DispatchPolicy,
        addresses: AddressRules,
        nudge: Nudge,
        logger: Logger,
        sender: AttemptSender? = nil
    ) {
        self.store = store
        self.policy = policy
        self.addresses = addresses
        self.nudge = nudge
        self.logger = logger
        self.sender = sender
    }

    /// Registers an endpoint and gives it as it is then; throws a `RequestRefusal` when the contract does not allow it.
    package func register(_ asked: Endpoint, at now: Date = Date()) async throws -> Endpoint {
        var endpoint = asked
        endpoint.status = policy.initialStatus()
        endpoint.activeSince = now
        let isAsked = !policy.questions(to: endpoint).isEmpty
        if isAsked { endpoint.status = .deactivated }
        let (candidate, policy, addresses) = (endpoint, policy, addresses)
        let refusal = try await store.add(candidate) { others in
            policy.refusal(of: candidate, besides: others, guardedBy: addresses)
        }
        if let refusal { throw refusal }
        logger.info("Registered \(policy.displayName(of: endpoint)).")
        if isAsked { _ = try await confirm(endpoint, at: now) }
        return try await self.endpoint(endpoint.id)
    }

    /// The endpoint of that id; throws a `RequestRefusal` when there is none.
    package func endpoint(_ id: String) async throws -> Endpoint {
        guard let endpoint = try await store.endpoint(id) else { throw Self.noEndpoint }
        return endpoint
    }

    /// Switches an endpoint on, which by some contracts sends a first delivery to it.
    package func enable(_ id: String, at now: Date = Date()) async throws -> Endpoint {
        let policy = policy
        let before = try await self.endpoint(id)
        if before.status != .active, !policy.questions(to: before).isEmpty,
            let objection = try await confirm(before, at: now)
        {
            throw RequestRefusal("the endpoint is not delivered to, since \(objection)", status: 409)
        }
        let endpoint = try await store.enable(
            id,
            at: now,
            activation: { endpoint in
                try policy.activation(of: endpoint).map { try record(of: $0, origin: "activation", at: now).record }
            },
            delivers: { policy.mayDeliver(to: $0.status) }
        )
        guard let endpoint else { throw Self.noEndpoint }
        nudge.ring()
        return endpoint
    }

    /// Switches an endpoint off; what was waiting for it is not delivered any more.
    package func disable(_ id: String, at now: Date = Date()) async throws -> Endpoint {
        let before = try await store.setStatus(
            of: id,
            to: .deactivated,
            reason: "its owner switched it off",
            at: now,
            endingDeliveries: !policy.mayDeliver(to: .deactivated) && !policy.keepsForLater(.deactivated)
        )
        guard before != nil else { throw Self.noEndpoint }
        return try await endpoint(id)
    }

    /// Deletes an endpoint.
    package func delete(_ id: String) async throws {
        guard try await store.deleteEndpoint(id) else { throw Self.noEndpoint }
    }

    /// Accepts an event; what it returns is on the disk.
    ///
    /// - Throws: a `RequestRefusal` when the event is none of the contract.
    package func accept(_ submission: EventSubmission, at now: Date = Date()) async throws -> Acceptance {
        try checkNames(in: submission)
        let composed = try record(of: submission, origin: "event", at: now)
        let (store, policy) = (store, policy)
        let acceptance = try await policy.record(
            {
                try await store.accept(
                    composed.record,
                    wants: { endpoint in
                        policy.isSubscribed(endpoint, to: submission.type)
                            && policy.wants(endpoint, source: composed.source)
                    },
                    delivers: { policy.mayDeliver(to: $0.status) || policy.keepsForLater($0.status) }
                )
            },
            id: composed.record.event.id
        )
        nudge.ring()
        return acceptance
    }

    /// Makes an attempt of a delivery due at once; throws a `RequestRefusal` when that is not possible.
    package func redeliver(_ id: String, at now: Date = Date()) async throws {
        let policy = policy
        switch try await store.redeliver(
            id,
            by: policy.redelivery(),
            at: now,
            delivers: { policy.mayDeliver(to: $0) }
        ) {
        case .scheduled: nudge.ring()
        case .unknown: throw RequestRefusal("there is no delivery with this id", status: 404)
        case .inFlight: throw RequestRefusal("an attempt is being made; try again when it has ended", status: 409)
        case .endpointNotServed:
            throw RequestRefusal("the endpoint is not active; enable it first", status: 409)
        }
    }

    private static let noEndpoint = RequestRefusal("there is no endpoint with this id; register it first", status: 404)

    /// Refuses event types and gates that the contract does not know, which are misspelt more often than meant.
    private func checkNames(in submission: EventSubmission) throws(RequestRefusal) {
        let contract = policy.contract
        guard contract.event(named: submission.type) != nil else {
            let known = contract.events.map(\.name).joined(separator: ", ")
            throw RequestRefusal(
                "\(contract.provider) has no event type called \"\(submission.type)\"; there are \(known)"
            )
        }
        let gates = contract.gates.map(\.name)
        if let unknown = submission.closedGates.first(where: { !gates.contains($0) }) {
            let known = gates.isEmpty ? "there are none" : "there are \(gates.joined(separator: ", "))"
            throw RequestRefusal("\(contract.provider) has no gate called \"\(unknown)\"; \(known)")
        }
    }

    /// Composes an event's body once and for all.
    func record(
        of submission: EventSubmission,
        origin: String,
        at now: Date
    ) throws(RequestRefusal) -> (record: EventRecord, source: String?) {
        let facts = EventFacts(
            sentName: policy.sentName(of: submission.type),
            eventID: policy.newEventID(),
            source: submission.source,
            now: now
        )
        let body = try policy.body(of: submission, facts: facts)
        let sourceField = policy.contract.body.field(playing: .source)?.pointer
        let source = submission.source ?? sourceField.flatMap { submission.payload[$0]?.stringValue }
        let kept = body ?? submission.payload
        let bytes = policy.bytes(of: kept)
        guard bytes.count <= Self.largestPayload else {
            throw RequestRefusal("the body is larger than \(Self.largestPayload) bytes", status: 413)
        }
        let json = policy.envelopeJSON(of: kept)
        let event = AcceptedEvent(
            id: facts.eventID,
            type: submission.type,
            body: bytes,
            envelope: json == bytes ? nil : json,
            createdAt: now
        )
        let reason =
            policy.reasonToHoldBack(submission)
            ?? (body == nil ? "nothing that this event watches has changed" : nil)
        // An activation is an example and no occurrence, so it neither is nor makes a duplicate.
        let isOccurrence = reason == nil && origin == "event"
        let key = isOccurrence ? policy.publicationKey(of: kept, event: submission.type) : nil
        var record = EventRecord(
            event: event,
            origin: origin,
            heldBack: reason,
            publicationKey: key,
            dueAt: policy.firstDue(after: now)
        )
        record.orderKey = policy.orderKey(of: kept)
        return (record, source)
    }
}
