import DeliveryEvidence
import DeliveryScenarios
import Foundation
import MockReceivers
import Testing

private let answer = Response(status: 200, body: "0123456789")

private func fault(_ kind: Fault.Kind, at point: Fault.Point? = nil, bytes: Int? = nil, code: UInt32? = nil) -> Reply {
    .fault(Fault(kind: kind, at: point, answer: answer, bytes: bytes, every: .milliseconds(1), code: code))
}

@Suite struct `Faults over HTTP/2` {
    @Test(arguments: [
        (Fault.Point.request, nil, "RST_STREAM REFUSED_STREAM before an answer of stream 1"),
        (.answerHead, nil, "RST_STREAM REFUSED_STREAM after the head of stream 1"),
        (.body(3), "012", "RST_STREAM REFUSED_STREAM after 3 bytes of the body of stream 1"),
        (.insideBody, "01234", "RST_STREAM REFUSED_STREAM after 5 bytes of the body of stream 1"),
        (.end, "0123456789", "RST_STREAM REFUSED_STREAM after 10 bytes of the body of stream 1"),
    ])
    func `of kind rst-stream reset one stream and no other`(
        _ point: Fault.Point,
        _ body: String?,
        _ wire: String
    ) async throws {
        let replies = [fault(.resetStream, at: point, code: 7), .status(204)]
        let evidence = try await receivingHTTP2(replies) { bench in
            var victim = try HTTP2Victim(bench)
            defer { victim.close() }
            try await victim.send(Requests.opening + Requests.post("{}", on: 1))
            try await victim.receive { $0.resetCode(1) != nil }
            #expect(victim.reader.resetCode(1) == 7 && !victim.reader.hasEnded(1))
            #expect(victim.reader.body(1) == body && victim.reader.status(1) == (point == .request ? nil : "200"))
            try await victim.send(Requests.post("{}", on: 3))
            try await victim.receive { $0.hasEnded(3) }
            #expect(victim.reader.status(3) == "204")
        }
        let ended = try #require(evidence.ended.first)
        #expect(ended.closing?.by == .receiver && ended.closing?.how == .reset && ended.answerEnded == nil)
        #expect(ended.status == (point == .request ? nil : 200))
        #expect(evidence.produced.map(\.wire) == [wire] && evidence.failures.isEmpty)
    }

    @Test(arguments: [Fault.Point.head, .requestBody(4)])
    func `of kind rst-stream come before the request is read`(_ point: Fault.Point) async throws {
        let evidence = try await receivingHTTP2([fault(.resetStream, at: point)]) { bench in
            var victim = try HTTP2Victim(bench)
            defer { victim.close() }
            try await victim.send(Requests.opening + Requests.head(on: 1) + Requests.body("abcde", on: 1, ends: false))
            try await victim.receive { $0.resetCode(1) != nil }
            #expect(victim.reader.resetCode(1) == 8)
        }
        #expect(evidence.arrived.first?.bodyEnd == nil && evidence.arrived.first?.malformed == nil)
        #expect(evidence.arrived.first?.body.text == (point == .head ? "" : "abcde"))
        #expect(evidence.produced.count == 1)
    }

    @Test(arguments: [
        (Fault.Point.head, 1, "GOAWAY NO_ERROR, last stream 1, before an answer of stream 3, then FIN"),
        (.request, 3, "GOAWAY NO_ERROR, last stream 3, before an answer of stream 3, then FIN"),
        (.body(3), 3, "GOAWAY NO_ERROR, last stream 3, after 3 bytes of the body of stream 3, then FIN"),
        (.end, 3, "GOAWAY NO_ERROR, last stream 3, after 10 bytes of the body of stream 3, then FIN"),
    ])
    func `of kind goaway name the last stream that may count as processed, and end the connection`(
        _ point: Fault.Point,
        _ last: Int,
        _ wire: String
    ) async throws {
        let first = Reply.status(200)
        let evidence = try await receivingHTTP2([first, fault(.goAway, at: point)], keys: [.header("x-none")]) {
            bench in
            var victim = try HTTP2Victim(bench)
            defer { victim.close() }
            try await victim.send(Requests.opening + Requests.post("{}", on: 1))
            try await victim.receive { $0.hasEnded(1) }
            try await victim.send(Requests.head(on: 3) + (point == .head ? [] : Requests.body("{}", on: 3)))
            try await victim.receive { _ in false }
            #expect(victim.ending == .fin && victim.reader.goAway == [last, 0])
            #expect(victim.reader.hasEnded(3) == (point == .end))
        }
        let ended = try #require(evidence.ended.last)
        #expect(ended.closing?.by == .receiver && ended.closing?.how == .fin)
        #expect((ended.answerEnded != nil) == (point == .end))
        #expect(evidence.produced.map(\.wire) == [wire] && evidence.failures.isEmpty)
    }

    @Test(arguments: [
        (Fault.Kind.reset, Victim.Ending.failed(ECONNRESET)), (.close, .fin), (.lostAck, .failed(ECONNRESET)),
    ])
    func `that end the connection end it beneath all streams`(_ kind: Fault.Kind, _ ending: Victim.Ending) async throws
    {
        let late = Reply.respond(Response(status: 200, after: .seconds(3600)))
        let evidence = try await receivingHTTP2([late, fault(kind, at: kind == .lostAck ? nil : .insideBody)]) {
            bench in
            var victim = try HTTP2Victim(bench)
            defer { victim.close() }
            try await victim.send(Requests.opening + Requests.post("a", on: 1) + Requests.post("b", on: 3))
            try await victim.receive { _ in false }
            #expect(victim.ending == ending)
            #expect(victim.reader.body(3) == (kind == .lostAck ? nil : "01234"))
            #expect(victim.reader.goAway == nil && victim.reader.resetCode(3) == nil)
        }
        #expect(evidence.ended.count == 2 && evidence.ended.allSatisfy { $0.closing?.by == .receiver })
        #expect(evidence.closed.first?.closing.how == (ending == .fin ? .fin : .reset))
        #expect(evidence.produced.count == 1 && evidence.failures.isEmpty)
    }

    @Test(arguments: [fault(.hang, at: .request), fault(.hang, at: .body(4)), fault(.ambiguousAck)])
    func `that send nothing more leave the connection to other streams`(_ reply: Reply) async throws {
        let evidence = try await receivingHTTP2([reply, .status(204)]) { bench in
            var victim = try HTTP2Victim(bench)
            defer { victim.close() }
            try await victim.send(Requests.opening + Requests.post("a", on: 1))
            try await bench.evidence.reach { $0.produced.count == 1 }
            try await victim.send(Requests.post("b", on: 3))
            try await victim.receive { $0.hasEnded(3) }
            #expect(victim.reader.status(3) == "204" && !victim.reader.hasEnded(1))
            try await bench.evidence.reach { _ in bench.receiver.activity.inFlight == 1 }
        }
        #expect(evidence.ended.count == 2 && evidence.produced.first?.wire.contains("stays open") == true)
    }

    @Test func `of kind truncate end the stream before the declared length`() async throws {
        let evidence = try await receivingHTTP2([fault(.truncate, at: .body(4))]) { bench in
            let victim = try await exchange(bench)
            #expect(victim.reader.heads[1]?.first?["content-length"] == "10")
            #expect(victim.reader.body(1) == "0123" && victim.reader.hasEnded(1))
        }
        #expect(evidence.ended.first?.answerEnded == nil && evidence.ended.first?.closing?.how == .fin)
    }

    @Test(arguments: [(-3, "13", 10), (3, "10", 13)])
    func `of kind wrong-length lie about it`(_ bytes: Int, _ declared: String, _ sent: Int) async throws {
        let evidence = try await receivingHTTP2([fault(.wrongLength, bytes: bytes)]) { bench in
            let victim = try await exchange(bench)
            #expect(victim.reader.heads[1]?.first?["content-length"] == declared)
            #expect(victim.reader.bodies[1]?.count == sent && victim.reader.hasEnded(1))
        }
        #expect(evidence.produced.count == 1 && evidence.ended.first?.answerEnded != nil)
    }

    @Test func `of kind endless send DATA until the client gives up`() async throws {
        let evidence = try await receivingHTTP2([fault(.endless, bytes: 100)]) { bench in
            let victim = try await exchange(bench) { $0.bodies[1]?.count ?? 0 > 2000 }
            #expect(victim.reader.heads[1]?.first?["content-length"] == nil)
            try await bench.evidence.reach { $0.closed.count == 1 }
        }
        #expect(evidence.ended.first?.closing?.by == .dispatcher && evidence.ended.first?.answerEnded == nil)
    }

    @Test func `of kind garbage send bytes that are no frame`() async throws {
        let evidence = try await receivingHTTP2([fault(.garbage, at: .answerHead, bytes: 50)]) { bench in
            let victim = try await exchange(bench) { _ in false }
            #expect(victim.ending == .fin && victim.reader.status(1) == "200")
            #expect(victim.reader.rest.count >= 41 && !victim.reader.hasEnded(1))
        }
        #expect(evidence.produced.first?.wire.contains("50 bytes that are no frame") == true)
    }

    @Test(arguments: [(Fault.Kind.goAway, 10), (.goAway, 40_000), (.reset, 10), (.resetStream, 40_000)])
    func `at the end reach a client together with the last bytes`(_ kind: Fault.Kind, _ size: Int) async throws {
        let large = Response(status: 200, filler: .size(size))
        let reply = Reply.fault(Fault(kind: kind, at: .end, answer: large))
        let evidence = try await receivingHTTP2([reply]) { bench in
            let victim = try HTTP2Victim(bench)
            try await victim.send(Requests.opening + Requests.post("{}", on: 1))
            // Whatever is read last has both in it.
            var reader = FrameReader()
            _ = try await victim.socket.receivePieces { piece in
                reader.take(piece)
                return reader.bodies[1]?.count == size
            }
            #expect(kind == .reset || (kind == .goAway ? reader.goAway == [1, 0] : reader.resetCode(1) == 8))
            victim.close()
            try await bench.evidence.reach { $0.closed.count == 1 }
        }
        #expect(evidence.produced.count == 1 && evidence.failures.isEmpty)
        #expect((evidence.ended.first?.answerEnded != nil) == (kind != .resetStream))
    }

    @Test func `of kind slow-read grant the body in portions`() async throws {
        let slow = Fault(kind: .slowRead, answer: answer, bytes: 10, every: .seconds(1))
        let clock = HeldClock()
        let evidence = try await receivingHTTP2([.fault(slow)], clock: clock) { bench in
            var victim = try HTTP2Victim(bench)
            defer { victim.close() }
            // The window is only small for a client that has taken the settings.
            try await victim.send(Requests.opening)
            try await victim.receive { $0.frames.contains { $0.kind == .settings } }
            try await victim.send(Frame(kind: .settings, flags: Frame.ack).bytes + Requests.head(on: 1))
            for portion in 0..<3 {
                let isWaiting = try await comes { clock.sleepers == 1 }
                #expect(isWaiting && victim.reader.grants(on: 1) == [Int](repeating: 10, count: portion))
                clock.advance(by: .seconds(1))
                try await victim.receive { $0.grants(on: 1).count > portion }
                try await victim.send(Requests.body("0123456789", on: 1, ends: portion == 2))
                try await victim.settle()
            }
            try await victim.receive { $0.hasEnded(1) }
            #expect(victim.reader.body(1) == answer.body)
        }
        #expect(evidence.arrived.first?.body.bytes.count == 30 && evidence.produced.count == 1)
        #expect(evidence.failures.isEmpty)
    }

    @Test(arguments: [
        fault(.reset, at: .statusLine), fault(.close, at: .insideHeader(1)), fault(.hang, at: .header(1)),
        fault(.reset, at: .answer(10)), fault(.malformedChunk),
        .respond(Response(status: 200, holdHeaders: .seconds(1))),
    ])
    func `that HTTP/2 does not know are reported, not replaced`(_ reply: Reply) async throws {
        let evidence = try await receivingHTTP2([reply]) { bench in
            let victim = try await exchange(bench)
            #expect(victim.reader.resetCode(1) == 2 && victim.reader.status(1) == nil)
        }
        #expect(evidence.failures.count == 1)
        #expect(evidence.failures.first?.message.contains("could not be produced, because") == true)
    }

    @Test func `that wait for the next connection let this one go by GOAWAY`() async throws {
        let replies: [Reply] = [.status(200), .fault(Fault(kind: .reset, at: .accept)), .status(201)]
        try await receivingHTTP2(replies) { bench in
            let victim = try await exchange(bench) { _ in false }
            #expect(victim.reader.status(1) == "200" && victim.reader.goAway == [1, 0] && victim.ending == .fin)
            let reset = try bench.victim()
            #expect(try await reset.receive().ending == .failed(ECONNRESET))
            reset.close()
            #expect(try await exchange(bench).reader.status(1) == "201")
        }
    }
}

extension FrameReader {
    /// What WINDOW_UPDATE frames granted on a stream.
    fileprivate func grants(on stream: Int) -> [Int] {
        frames.filter { $0.kind == .windowUpdate && $0.stream == stream }.map { $0.number(at: 0) }
    }
}

extension RecordedEvidence {
    /// The receipts of faults.
    var produced: [FaultProduced] {
        events.compactMap { if case .faultProduced(let record) = $0 { record } else { nil } }
    }
}
