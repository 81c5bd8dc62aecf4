import FoundationEssentials
import ReferenceDispatching
import Testing
import WebhookContracts

@Suite struct `Switching an endpoint on and off` {
    private let now = sampleTime
    private let policy = DisablementPolicy(window: .seconds(60), minimum: 3, share: 0.6)

    /// A store with three deliveries, of which one succeeded and two failed at the sample time.
    private func withFailures(_ work: (DeliveryStore) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let store = try DeliveryStore(path: folder.appending(path: "store.db").path)
            _ = try await store.add(Endpoint(id: "e", url: "https://example.com/"), unless: { _ in nil })
            for number in 0..<3 {
                let event = AcceptedEvent(id: "evt_\(number)", type: "t", body: [], createdAt: now)
                _ = try await store.accept(EventRecord(event: event), wants: { _ in true }, delivers: { _ in true })
            }
            for (index, attempt) in try await store.claim(of: "e", count: 3, at: now, isOrdered: false).enumerated() {
                try await store.finish(
                    attempt,
                    entry: AttemptResult(outcome: .failed(.network), word: "failed"),
                    action: index == 0 ? .succeeded : .giveUp(.failed, reason: "no"),
                    at: now,
                    delivers: { _ in true }
                )
            }
            try await work(store)
        }
    }

    private func disable(_ store: DeliveryStore, after time: Duration = .zero) async throws -> String? {
        let now = now.advanced(by: time)
        return try await store.disableIfFailing("e", by: policy, at: now, endingDeliveries: true)
    }

    @Test func `it is switched off when enough of its attempts failed within the window`() async throws {
        try await withFailures { store in
            #expect(try await self.disable(store) == "2 of the last 3 attempts failed")
            let endpoint = try #require(try await store.endpoint("e"))
            #expect(endpoint.status == .disabled)
            #expect(endpoint.reason == "2 of the last 3 attempts failed")
        }
    }

    @Test func `attempts before the window do not count`() async throws {
        try await withFailures { store in
            let reason = try await disable(store, after: .seconds(61))
            #expect(reason == nil)
            #expect(try await store.endpoint("e")?.status == .active)
        }
    }

    @Test func `attempts before it was last switched on do not count`() async throws {
        try await withFailures { store in
            _ = try await disable(store)
            _ = try await store.enable(
                "e",
                at: now.advanced(by: .seconds(1)),
                activation: { _ in nil },
                delivers: { _ in true }
            )
            #expect(try await self.disable(store, after: .seconds(2)) == nil)
        }
    }

    @Test func `its owner's decision is not overruled`() async throws {
        try await withFailures { store in
            _ = try await store.setStatus(of: "e", to: .deactivated, reason: nil, at: now, endingDeliveries: true)
            #expect(try await self.disable(store) == nil)
            #expect(try await store.endpoint("e")?.status == .deactivated)
        }
    }

    @Test func `it stays off when its first delivery cannot be recorded`() async throws {
        struct Broken: Error {}
        try await withFailures { store in
            _ = try await store.setStatus(of: "e", to: .deactivated, reason: nil, at: now, endingDeliveries: true)
            await #expect(throws: Broken.self) {
                try await store.enable("e", at: now, activation: { _ in throw Broken() }, delivers: { _ in true })
            }
            #expect(try await store.endpoint("e")?.status == .deactivated)
        }
    }
}
