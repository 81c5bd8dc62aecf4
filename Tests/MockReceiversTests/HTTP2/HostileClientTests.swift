import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import Testing

@Suite struct `A hostile client of HTTP/2` {
    /// Sends bytes behind the opening, reads until the end and gives what was recorded.
    private func attack(
        _ bytes: [UInt8],
        opening: [UInt8] = Requests.opening
    ) async throws -> (FrameReader, RecordedEvidence) {
        var reader = FrameReader()
        let evidence = try await receivingHTTP2([.status(200)]) { bench in
            var victim = try HTTP2Victim(bench)
            // The receiver may have closed while there was more to send.
            do { try await victim.send(opening + bytes) } catch is Victim.Failure {}
            try await victim.receive { _ in false }
            #expect(victim.ending != .stillOpen)
            victim.close()
            reader = victim.reader
            try await bench.evidence.reach { $0.closed.count == 1 }
            #expect(bench.receiver.activity.inFlight == 0)
            // The next client is served as if nothing had happened.
            #expect(try await exchange(bench).reader.status(1) == "200")
        }
        #expect(evidence.ended.count == evidence.arrived.count)
        return (reader, evidence)
    }

    @Test func `with a head that is too large gets GOAWAY and is recorded`() async throws {
        let lines = (0..<20).map { ("x-\($0)", String(repeating: "v", count: 15_000)) }
        let block = Requests.block(Requests.headers(lines))
        var frames: [UInt8] = []
        for (index, start) in stride(from: 0, to: block.count, by: 16_000).enumerated() {
            let part = Array(block[start..<min(start + 16_000, block.count)])
            let flags = start + 16_000 >= block.count ? Frame.endHeaders : 0
            frames += Frame(kind: index == 0 ? .headers : .continuation, flags: flags, stream: 1, payload: part).bytes
        }
        let (reader, evidence) = try await attack(frames)
        #expect(reader.goAway != nil)
        let record = try #require(evidence.arrived.first)
        #expect(record.malformed?.contains("answered by GOAWAY") == true && record.stream == 1)
    }

    @Test func `with CONTINUATION frames without end gets GOAWAY and is recorded`() async throws {
        var frames = Frame(kind: .headers, stream: 1, payload: Requests.block(Requests.headers())).bytes
        for _ in 0..<10_000 {
            frames += Frame(kind: .continuation, stream: 1, payload: Requests.block([("x", "y")])).bytes
        }
        let (reader, evidence) = try await attack(frames)
        #expect(reader.goAway?.last == 11)
        #expect(evidence.arrived.first?.malformed?.contains("CONTINUATION") == true)
    }

    @Test func `that resets streams in a row gets GOAWAY, and every stream is recorded`() async throws {
        var frames: [UInt8] = []
        for number in 0..<2100 {
            let stream = 2 * number + 1
            frames += Requests.head(on: stream)
            frames += Frame(kind: .reset, stream: stream, payload: Frame.bytes(of: 8)).bytes
        }
        let (reader, evidence) = try await attack(frames)
        #expect(reader.goAway?.last == 11)
        #expect(evidence.arrived.contains { $0.malformed?.contains("reset within 30 seconds") == true })
        let resets = evidence.ended.filter { $0.closing?.by == .dispatcher && $0.closing?.how == .reset }
        #expect(resets.count == 2000)
    }

    @Test func `with a PING flood gets GOAWAY and is recorded`() async throws {
        let ping = Frame(kind: .ping, payload: [UInt8](repeating: 0, count: 8)).bytes
        let (reader, evidence) = try await attack((0..<2100).flatMap { _ in ping })
        #expect(reader.goAway?.last == 11)
        #expect(evidence.arrived.first?.malformed?.contains("PING") == true)
    }

    @Test(arguments: [
        Frame(kind: .data, stream: 1, payload: [1, 2, 3]),
        Frame(kind: .headers, flags: 4, stream: 1, payload: [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
        Frame(kind: .headers, flags: 4, stream: 2, payload: Requests.block(Requests.headers())),
        Frame(kind: .windowUpdate, stream: 0, payload: [0, 0, 0, 0]),
        Frame(kind: .settings, payload: [1, 2, 3]),
        Frame(kind: .push, flags: 4, stream: 1, payload: [0, 0, 0, 2]),
    ])
    func `with a frame out of place gets GOAWAY and is recorded`(_ frame: Frame) async throws {
        let (reader, evidence) = try await attack(frame.bytes)
        #expect(reader.goAway != nil)
        #expect(evidence.arrived.first?.malformed?.isEmpty == false)
    }

    @Test func `with garbage behind the preface is recorded`() async throws {
        let noise = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) }
        let (_, evidence) = try await attack(noise, opening: Requests.preface)
        #expect(evidence.arrived.first?.malformed != nil)
    }

    @Test(arguments: [
        ([("X-Upper", "1")], "not in lower case"), ([("connection", "close")], "'connection' is not allowed"),
        ([(":path", "/b")], "comes twice"), ([("x y", "1")], "not allowed"), ([("x", "a\r\nb")], "line end"),
        ([("content-length", "1")], "longer than"), ([("content-length", "9")], "2 of the 9 bytes"),
    ])
    func `that breaks the rules of a request loses its stream and keeps its connection`(
        _ extra: [(String, String)],
        _ reason: String
    ) async throws {
        let evidence = try await receivingHTTP2([.status(200)]) { bench in
            var victim = try HTTP2Victim(bench)
            defer { victim.close() }
            try await victim.send(Requests.opening + Requests.post("{}", headers: Requests.headers(extra), on: 1))
            try await victim.receive { $0.resetCode(1) != nil }
            #expect(victim.reader.resetCode(1) == 1)
            try await victim.send(Requests.post("{}", on: 3))
            try await victim.receive { $0.hasEnded(3) }
            #expect(victim.reader.status(3) == "200")
        }
        #expect(evidence.arrived.first?.malformed?.contains(reason) == true)
        #expect(evidence.arrived.first?.headers.count == 4 + extra.count)
    }

    @Test func `that resets a stream whose answer is to come is recorded as the one who ended it`() async throws {
        let late = Reply.respond(Response(status: 200, after: .seconds(3600)))
        let evidence = try await receivingHTTP2([late, .status(204)]) { bench in
            var victim = try HTTP2Victim(bench)
            defer { victim.close() }
            try await victim.send(Requests.opening + Requests.post("{}", on: 1))
            try await bench.evidence.reach { $0.arrived.count == 1 }
            try await victim.send(Frame(kind: .reset, stream: 1, payload: Frame.bytes(of: 8)).bytes)
            try await bench.evidence.reach { $0.ended.count == 1 }
            try await bench.evidence.reach { _ in bench.receiver.activity.inFlight == 0 }
            try await victim.send(Requests.post("{}", on: 3))
            try await victim.receive { $0.hasEnded(3) }
        }
        let ended = try #require(evidence.ended.first)
        #expect(ended.closing?.by == .dispatcher && ended.closing?.how == .reset && ended.status == nil)
    }

    @Test func `that goes away leaves records of all its streams`() async throws {
        let late = Reply.respond(Response(status: 200, after: .seconds(3600)))
        let evidence = try await receivingHTTP2([late]) { bench in
            var victim = try HTTP2Victim(bench)
            try await victim.send(Requests.opening + Requests.post("a", on: 1) + Requests.head(on: 3))
            try await victim.send(Requests.body("part", on: 3, ends: false))
            try await victim.send(Frame(kind: .goAway, payload: [UInt8](repeating: 0, count: 8)).bytes)
            try await victim.settle()
            #expect(bench.receiver.activity.inFlight == 2)
            victim.close()
            try await bench.evidence.reach { $0.closed.count == 1 }
        }
        #expect(evidence.arrived.count == 2 && evidence.ended.count == 2)
        #expect(evidence.arrived.first { $0.stream == 3 }?.body.text == "part")
        #expect(evidence.arrived.first { $0.stream == 3 }?.bodyEnd == nil)
        #expect(evidence.ended.allSatisfy { $0.closing?.by == .dispatcher })
    }

    @Test func `that closes inside a head leaves a record of it`() async throws {
        let evidence = try await receivingHTTP2([.status(200)]) { bench in
            let victim = try HTTP2Victim(bench)
            let begun = Frame(kind: .headers, stream: 1, payload: Requests.block(Requests.headers())).bytes
            try await victim.send(Requests.opening + begun)
            victim.socket.shutDownWriting()
            try await bench.evidence.reach { $0.closed.count == 1 }
            victim.close()
            #expect(bench.receiver.activity.inFlight == 0)
        }
        #expect(evidence.arrived.map(\.stream) == [1] && evidence.ended.first?.closing?.by == .dispatcher)
        #expect(evidence.arrived.first?.malformed == "the connection ended inside the head of the request")
    }
}
