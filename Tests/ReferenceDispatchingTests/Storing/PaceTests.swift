import FoundationEssentials
import ReferenceDispatching
import Testing
import WebhookContracts

@Suite struct `Pace and order in the delivery store` {
    private let now = sampleTime

    private func withStore(_ body: (DeliveryStore) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let store = try DeliveryStore(path: folder.appending(path: "store.db").path)
            _ = try await store.add(Endpoint(id: "e", url: "https://example.com/"), unless: { _ in nil })
            try await body(store)
        }
    }

    private func accept(_ id: String, about key: String?, _ store: DeliveryStore) async throws {
        let event = AcceptedEvent(id: id, type: "t", body: Array("{}".utf8), createdAt: now)
        var record = EventRecord(event: event)
        record.orderKey = key
        _ = try await store.accept(record, wants: { _ in true }, delivers: { _ in true })
    }

    private func claim(_ store: DeliveryStore, at time: Date) async throws -> [Attempt] {
        try await store.claim(of: "e", count: 10, at: time, isOrdered: false)
    }

    @Test func `give the events of one subject one after the other`() async throws {
        try await withStore { store in
            try await accept("a1", about: "a", store)
            try await accept("a2", about: "a", store)
            try await accept("b1", about: "b", store)
            try await accept("n1", about: nil, store)
            try await accept("n2", about: nil, store)
            let first = try await claim(store, at: now)
            #expect(first.map(\.event.id) == ["a1", "b1", "n1", "n2"])
            #expect(try await store.waitingEndpoints(statuses: [.active], isOrdered: false).isEmpty)
            let failed = try #require(first.first)
            let later = now.advanced(by: .seconds(60))
            try await store.finish(failed, entry: nil, action: .retry(at: later), at: now, delivers: { _ in true })
            #expect(try await claim(store, at: now).isEmpty)
            let again = try #require(try await claim(store, at: later).first)
            #expect(again.event.id == "a1")
            try await store.finish(again, entry: nil, action: .succeeded, at: later, delivers: { _ in true })
            #expect(try await claim(store, at: later).map(\.event.id) == ["a2"])
        }
    }

    @Test func `send nothing to an endpoint that is paused`() async throws {
        try await withStore { store in
            try await accept("a", about: nil, store)
            let until = now.advanced(by: .seconds(30))
            try await store.pause("e", until: until)
            try await store.pause("e", until: now)
            #expect(try await claim(store, at: now).isEmpty)
            let waiting = try await store.waitingEndpoints(statuses: [.active], isOrdered: false)
            #expect(waiting.map(\.dueAt) == [until])
            #expect(try await claim(store, at: until).count == 1)
        }
    }

    @Test func `count what has begun of late`() async throws {
        try await withStore { store in
            let rate = DeliveryRate(count: 2, window: .seconds(1))
            for number in 1...3 { try await accept("a\(number)", about: nil, store) }
            #expect(try await store.allowance(at: "e", of: rate, now: now).count == 2)
            _ = try await store.claim(of: "e", count: 2, at: now, isOrdered: false)
            let full = try await store.allowance(at: "e", of: rate, now: now.advanced(by: .milliseconds(500)))
            #expect(full.count == 0)
            #expect(full.next == now.advanced(by: .seconds(1)))
            let free = try await store.allowance(at: "e", of: rate, now: now.advanced(by: .seconds(1)))
            #expect(free.count == 2)
            #expect(free.next == nil)
        }
    }

    @Test func `let no other dispatcher in, unless both share`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "store.db").path
            let first = try DeliveryStore(path: path, isShared: true)
            #expect(throws: StoreError.self) { _ = try DeliveryStore(path: path) }
            let second = try DeliveryStore(path: path, isShared: true)
            _ = try await first.add(Endpoint(id: "e", url: "https://example.com/"), unless: { _ in nil })
            #expect(try await second.endpoint("e") != nil)
        }
    }
}
