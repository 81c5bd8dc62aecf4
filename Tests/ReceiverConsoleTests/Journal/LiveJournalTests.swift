import DeliveryEvidence
import DeliveryScenarios
import FoundationEssentials
import ReceiverConsole
import Synchronization
import Testing

@Suite struct `The live journal` {
    private let journal = LiveJournal(clock: StillClock())

    @Test func `counts the requests of each endpoint from one`() throws {
        let first = journal.sink(for: "a")
        let second = journal.sink(for: "b")
        first.record(.arrival(1, endpoint: "a"), at: .seconds(1))
        second.record(.arrival(2, endpoint: "b"), at: .seconds(2))
        first.record(.arrival(3, endpoint: "a"), at: .seconds(3))
        #expect(journal.request(2, of: "a").request?.arrived.attempt == 3)
        #expect(journal.request(1, of: "b").request?.arrived.attempt == 2)
        #expect(journal.requests(of: "b")?.arrived == 1)
        #expect(journal.requests(of: "c") == nil)
    }

    @Test func `passes everything on unchanged`() {
        let next = ListeningSink()
        let sink = journal.sink(for: "main", passingTo: next)
        sink.record(.arrival(1), at: .seconds(1))
        sink.record(.ending(1), at: .seconds(2))
        #expect(next.names == ["attempt.arrived", "attempt.ended"])
    }

    @Test func `measures the gap to the attempt before of the same delivery`() throws {
        let sink = journal.sink(for: "main")
        sink.record(.arrival(1, key: "x"), at: .seconds(1))
        sink.record(.arrival(2, key: "y"), at: .seconds(2))
        sink.record(.arrival(3, key: "x"), at: .seconds(4.5))
        #expect(journal.request(1, of: "main").request?.gap == nil)
        #expect(journal.request(2, of: "main").request?.gap == nil)
        #expect(journal.request(3, of: "main").request?.gap == .milliseconds(3500))
    }

    @Test func `joins an answer and its receipts to the request`() throws {
        let sink = journal.sink(for: "main")
        sink.record(.arrival(8), at: .seconds(1))
        #expect(journal.request(1, of: "main").request?.answer == "waiting")
        sink.record(.receipt(8), at: .seconds(2))
        sink.record(.ending(8, status: 503, asked: "respond 503"), at: .seconds(3))
        let request = try #require(journal.request(1, of: "main").request)
        #expect(request.answer == "503")
        #expect(request.receipts.map(\.wire) == ["RST after 0 bytes"])
        #expect(request.heldFor == .milliseconds(500))
    }

    @Test func `keeps the beginning of a long body and how long it was`() throws {
        let small = LiveJournal(clock: StillClock(), limits: JournalLimits(body: 10))
        let asked = Mutex<[Int]>([])
        let sink = small.sink(for: "main") { request, _ in
            asked.withLock { $0.append(request.body.bytes.count) }
            return SignatureFinding(state: .valid, reason: "It is right.")
        }
        sink.record(.arrival(1, body: Array(repeating: 65, count: 25)), at: .seconds(1))
        let request = try #require(small.request(1, of: "main").request)
        #expect(request.bodySize == 25)
        #expect(request.arrived.body.bytes.count == 10)
        #expect(request.isBodyCut)
        // The signature was looked at while the whole body was there, and not again.
        #expect(request.signature?.state == .valid)
        #expect(asked.withLock { $0 } == [25])
    }

    @Test func `looks at a signature only when somebody asks`() throws {
        let asked = Mutex(0)
        let sink = journal.sink(for: "main") { _, _ in
            asked.withLock { $0 += 1 }
            return SignatureFinding(state: .absent, reason: "There is none.")
        }
        sink.record(.arrival(1), at: .seconds(1))
        #expect(asked.withLock { $0 } == 0)
        #expect(journal.request(1, of: "main").request?.signature?.state == .absent)
        #expect(asked.withLock { $0 } == 1)
    }

    @Test func `knows the time on the wall clock`() throws {
        let sink = journal.sink(for: "main")
        sink.record(.arrival(1), at: .seconds(90))
        let request = try #require(journal.request(1, of: "main").request)
        #expect(abs(request.wallTime.timeIntervalSince(journal.startedAt) - 90) < 0.001)
    }

    @Test func `forgets an endpoint that is closed`() {
        let sink = journal.sink(for: "main")
        sink.record(.arrival(1), at: .seconds(1))
        journal.close("main")
        guard case .noEndpoint = journal.request(1, of: "main") else {
            Issue.record("the endpoint is still there")
            return
        }
    }
}
