import FoundationEssentials
import ReferenceDispatching
import Testing
import WebhookContracts

@Suite struct `Delivery store` {
    private let now = sampleTime

    private func fill(_ store: DeliveryStore, events: Int = 1) async throws {
        _ = try await store.add(Endpoint(id: "e", url: "https://example.com/"), unless: { _ in nil })
        for number in 0..<events {
            let event = AcceptedEvent(id: "evt_\(number)", type: "t", body: Array("{}".utf8), createdAt: now)
            _ = try await store.accept(EventRecord(event: event), wants: { _ in true }, delivers: { _ in true })
        }
    }

    private func claim(_ store: DeliveryStore, count: Int = 10, ordered: Bool = false) async throws -> [Attempt] {
        try await store.claim(of: "e", count: count, at: now.advanced(by: .seconds(1)), isOrdered: ordered)
    }

    private func recover(_ store: DeliveryStore, _ recovery: Recovery, budget: Int) async throws -> Int {
        try await store.recover(recovery, budget: budget, at: now, delivers: { $0 == .active }, due: { $0 })
    }

    /// Opens the same file again and again, as a process that is killed and started does.
    private func withStores(_ lives: [(DeliveryStore) async throws -> Void]) async throws {
        try await withTemporaryFolder { folder in
            for life in lives {
                try await life(try DeliveryStore(path: folder.appending(path: "store.db").path))
            }
        }
    }

    @Test func `still has an accepted event after it was dropped without closing`() async throws {
        try await withStores([
            { try await self.fill($0) },
            { store in
                let attempts = try await self.claim(store)
                #expect(attempts.map(\.event.id) == ["evt_0"])
                #expect(attempts.map(\.number) == [1])
            },
        ])
    }

    @Test func `makes an interrupted attempt again under the next number and the same id`() async throws {
        try await withStores([
            { store in
                try await self.fill(store)
                _ = try await self.claim(store)
            },
            { store in
                #expect(try await self.claim(store).isEmpty)
                let count = try await self.recover(store, .resend, budget: 1)
                #expect(count == 1)
                let attempts = try await self.claim(store)
                #expect(attempts.map(\.event.id) == ["evt_0"])
                #expect(attempts.map(\.number) == [2])
                let log = try await store.deliveries(after: 0, count: 10).page
                #expect(log.first?.attempts.map(\.status) == ["interrupted", "in flight"])
            },
        ])
    }

    @Test(arguments: [(Recovery.giveUp, 10, DeliveryState.failed), (.resendWithinBudget, 1, .exhausted)])
    func `does not make it again when that is not promised`(
        _ recovery: Recovery,
        _ budget: Int,
        _ state: DeliveryState
    ) async throws {
        try await withStores([
            { store in
                try await self.fill(store)
                _ = try await self.claim(store)
            },
            { store in
                _ = try await self.recover(store, recovery, budget: budget)
                #expect(try await self.claim(store).isEmpty)
                #expect(try await store.deliveries(after: 0, count: 10).page.map(\.state) == [state])
            },
        ])
    }

    @Test(arguments: [true, false])
    func `does not make it again at an endpoint that was switched off or deleted meanwhile`(
        _ isDeleted: Bool
    ) async throws {
        try await withStores([
            { store in
                try await self.fill(store)
                _ = try await self.claim(store)
                if isDeleted {
                    _ = try await store.deleteEndpoint("e")
                } else {
                    _ = try await store.setStatus(
                        of: "e",
                        to: .deactivated,
                        reason: nil,
                        at: self.now,
                        endingDeliveries: true
                    )
                }
            },
            { store in
                let count = try await self.recover(store, .resend, budget: 3)
                #expect(count == 1)
                let delivery = try #require(try await store.deliveries(after: 0, count: 10).page.first)
                #expect(delivery.state == .disabled)
                #expect(delivery.attempts.map(\.status) == ["interrupted"])
                _ = try await store.add(Endpoint(id: "e", url: "https://example.com/"), unless: { _ in nil })
                _ = try await store.enable("e", at: self.now, activation: { _ in nil }, delivers: { _ in true })
                #expect(try await self.claim(store).isEmpty)
            },
        ])
    }

    @Test func `keeps the due time of a retry over a restart`() async throws {
        let due = now.advanced(by: .seconds(300))
        try await withStores([
            { store in
                try await self.fill(store)
                let attempt = try #require(try await self.claim(store).first)
                try await store.finish(
                    attempt,
                    entry: AttemptResult(outcome: .failed(.timeout), word: "timed out", error: "too slow"),
                    action: .retry(at: due),
                    at: self.now,
                    delivers: { _ in true }
                )
            },
            { store in
                _ = try await self.recover(store, .resend, budget: 3)
                let waiting = try await store.waitingEndpoints(statuses: [.active], isOrdered: false)
                #expect(waiting.map(\.id) == ["e"])
                #expect(abs(try #require(waiting.first).dueAt.timeIntervalSince(due)) < 0.001)
                let attempt = try #require(try await store.deliveries(after: 0, count: 1).page.first?.attempts.first)
                #expect(attempt.status == "timed out")
                #expect(attempt.error == "too slow")
                #expect(attempt.nextAttemptAt != nil)
            },
        ])
    }

    @Test func `refuses a second opening while it is open, and says so`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "store.db").path
            let store = try DeliveryStore(path: path)
            let error = #expect(throws: StoreError.self) { try DeliveryStore(path: path) }
            #expect(error?.message.contains("in use by another dispatcher") == true)
            _ = try await store.counts()
        }
    }

    @Test func `says what is wrong with a file that is no database`() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "store.db")
            try Data(repeating: 65, count: 4096).write(to: file)
            #expect(throws: StoreError.self) { try DeliveryStore(path: file.path) }
            #expect(throws: StoreError.self) { try DeliveryStore(path: folder.appending(path: "no/store.db").path) }
        }
    }

    @Test func `ends what waits for an endpoint that is switched off`() async throws {
        try await withStores([
            { store in
                try await self.fill(store, events: 3)
                _ = try await self.claim(store, count: 1)
                _ = try await store.setStatus(
                    of: "e",
                    to: .deactivated,
                    reason: "off",
                    at: self.now,
                    endingDeliveries: true
                )
                let states = try await store.deliveries(after: 0, count: 10).page.map(\.state)
                #expect(states == [.pending, .disabled, .disabled])
                #expect(try await store.waitingEndpoints(statuses: [.active], isOrdered: false).isEmpty)
            }
        ])
    }

    @Test func `gives an endpoint's events in order when that is promised`() async throws {
        try await withStores([
            { store in
                try await self.fill(store, events: 3)
                #expect(try await self.claim(store, ordered: true).map(\.event.id) == ["evt_0"])
                #expect(try await self.claim(store, ordered: true).isEmpty)
            }
        ])
    }

    @Test func `collapses one occurrence that is published twice`() async throws {
        try await withStores([
            { store in
                try await self.fill(store, events: 0)
                for number in 1...2 {
                    let event = AcceptedEvent(id: "evt_\(number)", type: "t", body: [], createdAt: self.now)
                    let record = EventRecord(event: event, publicationKey: "k")
                    let acceptance = try await store.accept(record, wants: { _ in true }, delivers: { _ in true })
                    #expect(acceptance == (number == 1 ? .accepted(id: "evt_1") : .duplicate(of: "evt_1")))
                }
                #expect(try await self.claim(store).count == 1)
            }
        ])
    }

    @Test func `pages through its log`() async throws {
        try await withStores([
            { store in
                try await self.fill(store, events: 5)
                let first = try await store.deliveries(after: 0, count: 3)
                #expect(first.page.map(\.eventID) == ["evt_0", "evt_1", "evt_2"])
                let second = try await store.deliveries(after: try #require(first.last), count: 3)
                #expect(second.page.map(\.eventID) == ["evt_3", "evt_4"])
                #expect(try await store.deliveries(after: try #require(second.last), count: 3).last == nil)
            }
        ])
    }

    @Test func `keeps bodies byte for byte`() async throws {
        try await withStores([
            { store in
                try await self.fill(store, events: 0)
                let body = Array(0...255 as ClosedRange<UInt8>)
                let event = AcceptedEvent(id: "evt", type: "t", body: body, envelope: [1, 0], createdAt: self.now)
                _ = try await store.accept(EventRecord(event: event), wants: { _ in true }, delivers: { _ in true })
                let attempt = try #require(try await self.claim(store).first)
                #expect(attempt.event.body == body)
                #expect(attempt.event.envelopeJSON == [1, 0])
            }
        ])
    }
}
