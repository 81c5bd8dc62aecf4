import DeliveryEvidence
import DeliveryScenarios
import Testing

@Suite struct `Malformed requests` {
    @Test(arguments: [
        "this is not HTTP\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: two\r\n\r\n{}",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nbad name: 1\r\n\r\n",
    ])
    func `are recorded with the reason and the connection is closed`(_ bytes: String) async throws {
        let evidence = try await receiving([.status(200)]) { bench in
            let victim = try bench.victim()
            try await victim.send(bytes)
            let answer = try await victim.receive()
            #expect(answer.text.isEmpty)
            #expect(answer.ending == .fin)
            victim.close()
        }
        let record = try #require(evidence.arrived.first)
        #expect(record.malformed?.contains("not a well-formed HTTP/1.1 request") == true)
        #expect(bytes.hasPrefix(record.head.text) && !record.head.bytes.isEmpty)
        #expect(record.bodyEnd == nil)
        #expect(evidence.ended.map(\.status) == [nil])
        #expect(evidence.ended.first?.closing?.by == .receiver)
    }

    @Test func `with a head beyond all bounds are not kept whole`() async throws {
        // On a held clock the receiver reads on for as long as the client needs to send all of it.
        let evidence = try await receiving([.status(200)], clock: HeldClock()) { bench in
            let victim = try bench.victim()
            try await victim.send("POST / HTTP/1.1\r\nHost: x\r\nX-Long: " + String(repeating: "x", count: 300_000))
            #expect(try await victim.receive().text.isEmpty)
            victim.close()
        }
        #expect(evidence.arrived.first?.malformed == "the head is larger than 262144 bytes")
        #expect(evidence.arrived.first?.head.bytes.count == 262_144)
    }

    @Test func `may have a head of a quarter of a megabyte and still be in order`() async throws {
        let evidence = try await receiving([.status(200)]) { bench in
            let victim = try bench.victim()
            let header = "X-Long: " + String(repeating: "x", count: 200_000) + "\r\n"
            try await victim.send(request("{}", headers: header))
            #expect(try await victim.receive { $0.hasSuffix("\r\n\r\n") }.text.hasPrefix("HTTP/1.1 200 OK"))
            victim.close()
        }
        #expect(evidence.arrived.map(\.malformed) == [nil])
    }

    @Test func `with a body beyond all bounds are given up`() async throws {
        let evidence = try await receiving([.status(200)], clock: HeldClock()) { bench in
            let victim = try bench.victim()
            try await victim.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 40000000\r\n\r\n")
            try await victim.send([UInt8](repeating: 0x61, count: 34 * 1024 * 1024))
            #expect(try await victim.receive().text.isEmpty)
            victim.close()
        }
        #expect(evidence.arrived.first?.malformed == "the body is larger than 33554432 bytes")
        #expect(evidence.arrived.first?.bodyEnd == nil)
    }
}
