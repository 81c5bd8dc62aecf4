import DeliveryEvidence
import DeliveryScenarios
import Foundation
import MockReceivers
import Notation
import Testing

/// Where the faults of every kind are tried.
private let faultPoints: [Fault.Point] = [.head, .request, .insideBody]

@Suite struct Faults {
    @Test(arguments: faultPoints)
    func `of kind reset arrive as RST`(_ point: Fault.Point) async throws {
        let evidence = try await receiving([.fault(Fault(kind: .reset, at: point))]) { bench in
            let victim = try bench.victim()
            try await victim.send(request("{}"))
            let answer = try await victim.receive()
            #expect(answer.ending == .failed(ECONNRESET))
            #expect(answer.text.isEmpty == (point != .insideBody))
            victim.close()
            try await bench.evidence.reach { $0.closed.count == 1 }
        }
        let ended = try #require(evidence.ended.first)
        #expect(ended.closing?.by == .receiver && ended.closing?.how == .reset)
        #expect(ended.status == (point == .insideBody ? 200 : nil))
        #expect(ended.answerEnded == nil)
        #expect(ended.asked == "fault reset \(point.text)")
        #expect((evidence.arrived.first?.bodyEnd == nil) == (point == .head))
        #expect(evidence.failures.isEmpty)
    }

    @Test(arguments: faultPoints)
    func `of kind close arrive as FIN`(_ point: Fault.Point) async throws {
        let evidence = try await receiving([.fault(Fault(kind: .close, at: point))]) { bench in
            let victim = try bench.victim()
            try await victim.send(request("{}"))
            let answer = try await victim.receive()
            #expect(answer.ending == .fin)
            #expect(answer.text.isEmpty == (point != .insideBody))
            victim.close()
        }
        #expect(evidence.ended.first?.closing?.by == .receiver)
        #expect(evidence.ended.first?.closing?.how == .fin)
    }

    @Test func `of kind close stay FIN while a large body is still on its way`() async throws {
        // On a held clock the receiver reads on for as long as the client needs to send all of it.
        try await receiving([.fault(Fault(kind: .close, at: .head))], clock: HeldClock()) { bench in
            let victim = try bench.victim()
            try await victim.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n")
            try await victim.send([UInt8](repeating: 0x61, count: 4_000_000))
            let answer = try await victim.receive()
            #expect(answer.ending == .fin && answer.pieces.isEmpty)
            victim.close()
        }
    }

    @Test(arguments: faultPoints)
    func `of kind hang send nothing and keep the connection until the scope ends`(_ point: Fault.Point) async throws {
        let evidence = try await receiving([.fault(Fault(kind: .hang, at: point))]) { bench in
            let victim = try bench.victim()
            try await victim.send(request("{}"))
            if point == .insideBody {
                #expect(try await victim.receive { $0.contains("\r\n\r\n") }.text.hasPrefix("HTTP/1.1 200"))
            }
            try await bench.evidence.reach { $0.arrived.count == 1 }
            let answer = try await victim.receive(for: .milliseconds(300))
            #expect(answer.ending == .stillOpen)
            #expect(answer.text.isEmpty || point == .insideBody)
            #expect(bench.evidence.ended.isEmpty && bench.receiver.activity.inFlight == 1)
        }
        #expect(evidence.ended.first?.closing?.by == .receiver)
        #expect(evidence.closed.count == 1)
        #expect(evidence.ended.first?.answerEnded == nil)
    }

    @Test func `inside the body cut an announced length in half`() async throws {
        try await receiving([.fault(Fault(kind: .close, at: .insideBody))]) { bench in
            let text = try await bench.post("{}").text
            let parts = text.split(separator: "\r\n\r\n")
            let length = try #require(text.firstMatch(of: /Content-Length: (\d+)/)?.1)
            #expect(Int(length) == (try #require(parts.last)).utf8.count * 2)
        }
    }

    @Test func `at the head of a delivery that only its body names are reported, not replaced`() async throws {
        let replies: [Reply] = [.fault(Fault(kind: .reset, at: .head)), .status(200)]
        let evidence = try await receiving(replies, keys: [.fields([try .init("/id")])]) { bench in
            let answer = try await bench.post(#"{"id":"1"}"#)
            #expect(answer.ending == .fin)
        }
        #expect(evidence.failures.map(\.component) == ["receiver"])
        #expect(evidence.failures.first?.message.contains("stands in the body") == true)
    }

    @Test func `at the head need no key when every reply is that fault`() async throws {
        let reply = Reply.fault(Fault(kind: .reset, at: .head))
        let evidence = try await receiving([reply], keys: [.fields([try .init("/id")])]) { bench in
            let answer = try await bench.post(#"{"id":"1"}"#)
            #expect(answer.ending == .failed(ECONNRESET))
        }
        #expect(evidence.failures.isEmpty)
        #expect(evidence.arrived.map(\.deliveryKey) == [nil])
    }

    @Test func `inside the body of an answer to HEAD are reported, not replaced`() async throws {
        let evidence = try await receiving([.fault(Fault(kind: .reset, at: .insideBody))]) { bench in
            let victim = try bench.victim()
            try await victim.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await victim.receive().ending == .fin)
            victim.close()
        }
        #expect(evidence.failures.first?.message.contains("HEAD has no body") == true)
    }
}
