import DeliveryEvidence
import ReceiverConsole
import Testing

@Suite struct `The journal's bounds` {
    @Test func `let the oldest requests go and say how many`() throws {
        let journal = LiveJournal(clock: StillClock(), limits: JournalLimits(requests: 3))
        let sink = journal.sink(for: "main")
        for attempt in 1...10 { sink.record(.arrival(attempt), at: .seconds(Double(attempt))) }
        let page = try #require(journal.requests(of: "main"))
        #expect(page.requests.map(\.number) == [8, 9, 10])
        #expect(page.arrived == 10)
        #expect(page.dropped == 7)
        guard case .dropped(first: 8) = journal.request(2, of: "main") else {
            Issue.record("request 2 should be gone")
            return
        }
        // An answer to a request that is gone changes nothing.
        sink.record(.ending(2), at: .seconds(20))
        #expect(journal.requests(of: "main")?.requests.allSatisfy { $0.ended == nil } == true)
    }

    @Test func `hold the bytes of an endpoint`() throws {
        let journal = LiveJournal(clock: StillClock(), limits: JournalLimits(bytes: 100_000))
        let sink = journal.sink(for: "main")
        for attempt in 1...50 {
            sink.record(.arrival(attempt, body: Array(repeating: 65, count: 20_000)), at: .seconds(1))
        }
        let kept = try #require(journal.requests(of: "main")).requests
        #expect((3...5).contains(kept.count))
        #expect(kept.last?.number == 50)
    }

    @Test func `keep at least the newest request, however large`() throws {
        let journal = LiveJournal(clock: StillClock(), limits: JournalLimits(bytes: 10))
        let sink = journal.sink(for: "main")
        sink.record(.arrival(1), at: .seconds(1))
        sink.record(.arrival(2), at: .seconds(2))
        #expect(journal.requests(of: "main")?.requests.map(\.number) == [2])
    }

    @Test func `hold the bytes of all endpoints, at the cost of the one that adds`() throws {
        let journal = LiveJournal(clock: StillClock(), limits: JournalLimits(bytesOfAll: 100_000))
        let quiet = journal.sink(for: "quiet")
        quiet.record(.arrival(1, endpoint: "quiet", body: Array(repeating: 65, count: 40_000)), at: .seconds(1))
        let loud = journal.sink(for: "loud")
        for attempt in 2...30 {
            loud.record(.arrival(attempt, endpoint: "loud", body: Array(repeating: 65, count: 20_000)), at: .seconds(2))
        }
        #expect(journal.requests(of: "quiet")?.requests.count == 1)
        let kept = try #require(journal.requests(of: "loud")).requests
        #expect((1...3).contains(kept.count))
        // What a closed endpoint took is free again.
        journal.close("quiet")
        for attempt in 31...40 {
            loud.record(.arrival(attempt, endpoint: "loud", body: Array(repeating: 65, count: 20_000)), at: .seconds(3))
        }
        #expect(try #require(journal.requests(of: "loud")).requests.count > kept.count)
    }

    @Test func `answer any range that is asked for`() throws {
        let journal = LiveJournal(clock: StillClock(), limits: JournalLimits(requests: 5))
        let sink = journal.sink(for: "main")
        for attempt in 1...8 { sink.record(.arrival(attempt), at: .seconds(1)) }
        #expect(journal.requests(of: "main", since: 6)?.requests.map(\.number) == [7, 8])
        #expect(journal.requests(of: "main", since: 0, limit: 2)?.requests.map(\.number) == [4, 5])
        #expect(journal.requests(of: "main", since: 8)?.requests.isEmpty == true)
        #expect(journal.requests(of: "main", since: .max)?.requests.isEmpty == true)
    }

    @Test func `tell a slow watcher how much it missed`() async throws {
        let journal = LiveJournal(clock: StillClock())
        let sink = journal.sink(for: "main")
        let entries = journal.subscribe(capacity: 2)
        for attempt in 1...5 { sink.record(.arrival(attempt), at: .seconds(1)) }
        var seen: [String] = []
        for await entry in entries {
            switch entry.kind {
            case .requestArrived(let request): seen.append("request \(request.number)")
            case .missed(let count): seen.append("missed \(count)")
            default: seen.append("?")
            }
            if seen.count == 3 { sink.record(.arrival(6), at: .seconds(2)) }
            if seen.count == 4 { break }
        }
        #expect(seen == ["request 1", "request 2", "missed 3", "request 6"])
    }
}
