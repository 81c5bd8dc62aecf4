import DeliveryEvidence
import ReceiverConsole
import Testing

@Suite struct `Watching the journal` {
    private let journal = LiveJournal(clock: StillClock())

    private func words(_ entry: JournalEntry) -> String {
        switch entry.kind {
        case .endpointOpened: "opened"
        case .endpointClosed: "closed"
        case .requestArrived(let request): "arrived \(request.number)"
        case .requestAnswered(let request): "answered \(request.number)"
        case .receiptAdded(let request): "receipt \(request.number)"
        case .connectionFailed(let failure): "failed \(failure.reason)"
        case .scriptChanged(let change): "script \(change.text)"
        case .problem(let message): "problem \(message)"
        case .missed(let count): "missed \(count)"
        }
    }

    private func take(_ count: Int, from entries: AsyncStream<JournalEntry>) async -> [String] {
        var seen: [String] = []
        for await entry in entries {
            seen.append(words(entry))
            if seen.count == count { break }
        }
        return seen
    }

    @Test(.timeLimit(.minutes(20)))
    func `everything comes in its order`() async {
        let sink = journal.sink(for: "main")
        let entries = journal.subscribe()
        sink.record(.arrival(1), at: .seconds(1))
        sink.record(.receipt(1), at: .seconds(2))
        sink.record(.ending(1), at: .seconds(3))
        sink.record(.receipt(nil), at: .seconds(4))
        sink.record(.handshakeFailed(HandshakeFailed(connection: 9, reason: "unknown_ca")), at: .seconds(5))
        sink.record(.harnessFailed(HarnessFailed(component: "receiver", message: "no")), at: .seconds(5))
        journal.noteScript(of: "main", ScriptChange(text: "200", origin: "a test"))
        journal.close("main")
        let seen = await take(8, from: entries)
        #expect(
            seen == [
                "arrived 1", "receipt 1", "answered 1", "failed RST after 0 bytes", "failed unknown_ca", "problem no",
                "script 200", "closed",
            ]
        )
    }

    @Test(.timeLimit(.minutes(20)))
    func `one endpoint can be watched alone`() async {
        let first = journal.sink(for: "a")
        let second = journal.sink(for: "b")
        let entries = journal.subscribe(endpoint: "b")
        first.record(.arrival(1, endpoint: "a"), at: .seconds(1))
        second.record(.arrival(2, endpoint: "b"), at: .seconds(2))
        second.record(.ending(2), at: .seconds(2))
        #expect(await take(2, from: entries) == ["arrived 1", "answered 1"])
    }

    @Test(.timeLimit(.minutes(20)))
    func `requests can be left out`() async {
        let sink = journal.sink(for: "main")
        let entries = journal.subscribe(includingRequests: false, since: 0, capacity: 2)
        for attempt in 1...5 {
            sink.record(.arrival(attempt), at: .seconds(1))
            sink.record(.ending(attempt), at: .seconds(1))
        }
        journal.noteScript(of: "main", ScriptChange(text: "200", origin: "a test"))
        journal.close("main")
        #expect(await take(2, from: entries) == ["script 200", "closed"])
    }

    @Test(.timeLimit(.minutes(20)))
    func `whoever comes back gets what changed meanwhile, as it is by then`() async {
        let sink = journal.sink(for: "main")
        sink.record(.arrival(1), at: .seconds(1))
        sink.record(.ending(1), at: .seconds(1))
        let before = journal.cursor
        sink.record(.arrival(2), at: .seconds(2))
        sink.record(.ending(2), at: .seconds(3))
        sink.record(.arrival(3), at: .seconds(4))
        let entries = journal.subscribe(since: before)
        sink.record(.arrival(4), at: .seconds(5))
        #expect(await take(3, from: entries) == ["answered 2", "arrived 3", "arrived 4"])
    }

    @Test(.timeLimit(.minutes(20)))
    func `a watcher that is cancelled ends`() async {
        let entries = journal.subscribe()
        let task = Task {
            var count = 0
            for await _ in entries { count += 1 }
            return count
        }
        task.cancel()
        #expect(await task.value == 0)
    }

    @Test(.timeLimit(.minutes(20)))
    func `a request can be waited for`() async throws {
        let sink = journal.sink(for: "main")
        async let third = journal.wait(endpoint: "main", forRequest: 3, timeout: .seconds(600))
        for attempt in 1...3 {
            try await Task.sleep(for: .milliseconds(10))
            sink.record(.arrival(attempt), at: .seconds(1))
        }
        #expect(await third.request?.number == 3)
        // One that is there is not waited for.
        #expect(await journal.wait(endpoint: "main", forRequest: 1, timeout: .seconds(600)).request?.number == 1)
    }

    @Test(.timeLimit(.minutes(20)))
    func `a wait ends in time, and with the endpoint`() async throws {
        let sink = journal.sink(for: "main")
        sink.record(.arrival(1), at: .seconds(1))
        guard
            case .notYet(arrived: 1) = await journal.wait(
                endpoint: "main",
                forRequest: 2,
                timeout: .milliseconds(20)
            )
        else {
            Issue.record("it should have timed out")
            return
        }
        async let second = journal.wait(endpoint: "main", forRequest: 2, timeout: .seconds(600))
        try await Task.sleep(for: .milliseconds(20))
        journal.close("main")
        guard case .noEndpoint = await second else {
            Issue.record("it should have ended with the endpoint")
            return
        }
    }
}
