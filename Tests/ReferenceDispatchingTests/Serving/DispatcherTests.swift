import FoundationEssentials
import Logging
import Notation
import ReferenceDispatching
import Testing
import WebhookContracts

@Suite struct `What the dispatcher takes on` {
    private func with(
        _ policy: some DispatchPolicy,
        _ work: (Dispatcher, DeliveryStore) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let store = try DeliveryStore(path: folder.appending(path: "store.db").path)
            let dispatcher = Dispatcher(
                store: store,
                policy: policy,
                addresses: AddressRules(allowsLoopback: true),
                nudge: Nudge(),
                logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            )
            try await work(dispatcher, store)
        }
    }

    private func endpoint(_ id: String = "e", events: [String]? = nil, source: String? = nil) -> Endpoint {
        Endpoint(id: id, url: "https://example.com/\(id)", events: events, source: source)
    }

    private func example(_ type: String, _ policy: some DispatchPolicy) throws -> EventSubmission {
        let example = try #require(policy.contract.event(named: type)?.example)
        return EventSubmission(type: type, payload: example)
    }

    @Test func `delivers nothing before activation, then one example, then what happens`() async throws {
        let policy = try ShippedContract.policy("oneclickcontractor")
        try await with(policy) { dispatcher, store in
            let registered = try await dispatcher.register(endpoint(events: ["job.updated", "job.created"]))
            #expect(registered.status == .deactivated)
            _ = try await dispatcher.accept(try example("job.created", policy))
            _ = try await dispatcher.enable("e")
            _ = try await dispatcher.accept(try example("job.updated", policy))
            _ = try await dispatcher.accept(try example("estimate.created", policy))
            _ = try await dispatcher.enable("e")
            let log = try await store.deliveries(after: 0, count: 10).page
            #expect(log.map(\.state) == [.disabled, .pending, .pending])
            #expect(log.map(\.origin) == ["event", "activation", "event"])
            #expect(log.map(\.eventType) == ["job.created", "job.created", "job.updated"])
        }
    }

    @Test func `takes an activation for no occurrence, so that nothing is a duplicate of it`() async throws {
        let policy = OneOccurrence(contract: try ShippedContract.load("oneclickcontractor"))
        try await with(policy) { dispatcher, store in
            _ = try await dispatcher.register(endpoint(events: ["job.created"]))
            _ = try await dispatcher.enable("e")
            guard case .accepted(let id) = try await dispatcher.accept(try example("job.created", policy)) else {
                Issue.record("the first occurrence is not accepted")
                return
            }
            _ = try await dispatcher.disable("e")
            _ = try await dispatcher.enable("e")
            #expect(try await dispatcher.accept(try example("job.created", policy)) == .duplicate(of: id))
            let log = try await store.deliveries(after: 0, count: 10).page
            #expect(log.map(\.origin) == ["activation", "event", "activation"])
        }
    }

    @Test func `keeps for the signature what a receiver can tell from a form`() async throws {
        let policy = try ShippedContract.policy("jobber", "era-a")
        try await with(policy) { dispatcher, store in
            _ = try await dispatcher.register(endpoint(events: ["CLIENT_UPDATE"]))
            var submission = try example("CLIENT_UPDATE", policy)
            let note = try JSONPointer("/data/webHookEvent/note")
            submission.payload = try #require(submission.payload.setting(.number("1.10"), at: note))
            _ = try await dispatcher.accept(submission, at: sampleTime)
            let attempt = try #require(
                try await store.claim(of: "e", count: 1, at: sampleTime, isOrdered: false).first
            )
            #expect(try JSONValue.parse(attempt.event.envelopeJSON)[note] == .string("1.10"))
            let form = String(decoding: attempt.event.body, as: UTF8.self)
            #expect(form.contains("data%5BwebHookEvent%5D%5Bnote%5D=1.10"))
        }
    }

    @Test func `holds back what a closed gate covers, and nothing else`() async throws {
        let policy = try ShippedContract.policy("siteservicesnow")
        try await with(policy) { dispatcher, store in
            _ = try await dispatcher.register(endpoint())
            var completed = try example("job.completed", policy)
            completed.closedGates = ["qa-passed"]
            guard case .heldBack = try await dispatcher.accept(completed) else {
                Issue.record("job.completed goes through the closed gate")
                return
            }
            var scheduled = try example("job.scheduled", policy)
            scheduled.closedGates = ["qa-passed"]
            guard case .accepted = try await dispatcher.accept(scheduled) else {
                Issue.record("job.scheduled is held back by a gate that does not cover it")
                return
            }
            #expect(try await store.deliveries(after: 0, count: 10).page.map(\.eventType) == ["job.scheduled"])
        }
    }

    @Test func `collapses one occurrence, even when it comes by another path`() async throws {
        let policy = try ShippedContract.policy("siteservicesnow")
        try await with(policy) { dispatcher, store in
            _ = try await dispatcher.register(endpoint())
            guard case .accepted(let id) = try await dispatcher.accept(try example("ticket.created", policy)) else {
                Issue.record("the first publication is not accepted")
                return
            }
            #expect(try await dispatcher.accept(try example("ticket.created", policy)) == .duplicate(of: id))
            #expect(try await store.deliveries(after: 0, count: 10).page.count == 1)
        }
    }

    @Test func `sends each endpoint the events and the source it wants`() async throws {
        let policy = try ShippedContract.policy("claimable", "renamed-events")
        try await with(policy) { dispatcher, store in
            _ = try await dispatcher.register(endpoint("all", events: ["claim.created", "claim.closed"]))
            _ = try await dispatcher.register(endpoint("ui", events: ["claim.created"], source: "ui"))
            for (type, source) in [("claim.created", "ui"), ("claim.created", "api"), ("claim.closed", "ui")] {
                var submission = try example(type, policy)
                submission.source = source
                _ = try await dispatcher.accept(submission)
            }
            _ = try await dispatcher.accept(try example("contact.created", policy))
            let log = try await store.deliveries(after: 0, count: 10).page
            #expect(log.map(\.endpointID) == ["all", "ui", "all", "all"])
        }
    }

    @Test func `refuses event types and gates that the contract does not know`() async throws {
        try await with(try ShippedContract.policy("claimable")) { dispatcher, _ in
            let error = await #expect(throws: RequestRefusal.self) {
                try await dispatcher.accept(EventSubmission(type: "claim.eaten", payload: .object([])))
            }
            #expect(error?.message.contains("claim.eaten") == true)
            let gate = await #expect(throws: RequestRefusal.self) {
                try await dispatcher.accept(
                    EventSubmission(type: "claim.created", payload: .object([]), closedGates: ["api-enabled"])
                )
            }
            #expect(gate?.message.contains("api-enabled") == true)
        }
    }

    @Test func `keeps an endpoint's status when it is registered again`() async throws {
        let policy = try ShippedContract.policy("oneclickcontractor")
        try await with(policy) { dispatcher, _ in
            _ = try await dispatcher.register(endpoint(events: ["job.created"]))
            _ = try await dispatcher.enable("e")
            #expect(try await dispatcher.register(endpoint(events: ["job.updated"])).status == .active)
            try await dispatcher.delete("e")
            await #expect(throws: RequestRefusal.self) { try await dispatcher.endpoint("e") }
            #expect(try await dispatcher.register(endpoint(events: ["job.updated"])).status == .deactivated)
        }
    }

    @Test func `redelivers what is done with, and refuses what it does not know`() async throws {
        let policy = try ShippedContract.policy("siteservicesnow")
        try await with(policy) { dispatcher, store in
            _ = try await dispatcher.register(endpoint())
            _ = try await dispatcher.accept(try example("job.scheduled", policy), at: sampleTime)
            let attempt = try #require(
                try await store.claim(of: "e", count: 1, at: sampleTime, isOrdered: false).first
            )
            let busy = await #expect(throws: RequestRefusal.self) { try await dispatcher.redeliver(attempt.deliveryID) }
            #expect(busy?.status == 409)
            try await store.finish(
                attempt,
                entry: nil,
                action: .succeeded,
                at: sampleTime,
                delivers: policy.mayDeliver(to:)
            )
            try await dispatcher.redeliver(attempt.deliveryID, at: sampleTime)
            let again = try await store.claim(of: "e", count: 1, at: sampleTime, isOrdered: false)
            #expect(again.map(\.event.id) == [attempt.event.id])
            #expect(again.map(\.number) == [2])
            let unknown = await #expect(throws: RequestRefusal.self) { try await dispatcher.redeliver("dlv_0") }
            #expect(unknown?.status == 404)
        }
    }
}

/// Keeps a contract, but for taking every event of a type for the same occurrence.
private struct OneOccurrence: DispatchPolicy {
    let contract: Contract
    func publicationKey(of body: JSONValue, event: String) -> String? { event }
}
