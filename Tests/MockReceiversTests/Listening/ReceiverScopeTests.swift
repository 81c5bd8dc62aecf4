import DeliveryEvidence
import DeliveryScenarios
import Foundation
import MockReceivers
import RunClocks
import Testing

@Suite struct `The scope of receivers` {
    private func endpoint(_ name: String, _ reply: Reply = .status(200)) -> ScenarioEndpoint {
        ScenarioEndpoint(name: name, target: "/in/\(name)", identity: .plain, script: ReplyScript(replies: [reply]))
    }

    @Test func `opens each endpoint on a port of its own and numbers attempts across them`() async throws {
        let evidence = RecordedEvidence()
        try await withMockReceivers(
            for: [endpoint("a"), endpoint("b", .status(410))],
            authority: try RunAuthority(),
            clock: RealRunClock(),
            sink: evidence
        ) { receivers in
            #expect(receivers.all.map(\.endpoint) == ["a", "b"])
            let ports = receivers.all.map(\.port)
            #expect(Set(ports).count == 2)
            #expect(receivers["b"]?.url == "http://127.0.0.1:\(ports[1])/in/b")
            for port in ports {
                let victim = try Victim(port: port)
                try await victim.send(request("{}", headers: "Connection: close\r\n"))
                _ = try await victim.receive()
                victim.close()
            }
            #expect(receivers.activity.attemptsArrived == 2)
            #expect(receivers["a"]?.activity.attemptsArrived == 1)
        }
        #expect(evidence.arrived.map(\.endpoint) == ["a", "b"])
        #expect(evidence.arrived.map(\.attempt) == [1, 2])
        #expect(evidence.arrived.map(\.connection) == [1, 2])
        let opened = evidence.events.compactMap { if case .endpointOpened(let record) = $0 { record } else { nil } }
        #expect(opened.map(\.identity) == ["plain", "plain"])
    }

    @Test func `leaves no port open, no exchange without an end and records nothing later`() async throws {
        var port = 0
        var victims: [Victim] = []
        let slow = Reply.respond(Response(status: 200, after: .seconds(3600)))
        let evidence = try await receiving([.fault(Fault(kind: .hang)), slow, .status(200)]) { bench in
            port = bench.receiver.port
            for _ in 0..<3 {
                let victim = try bench.victim()
                try await victim.send(request("{}"))
                victims.append(victim)
                let count = victims.count
                try await bench.evidence.reach { $0.arrived.count == count }
            }
            victims.append(try bench.victim())
            try await bench.evidence.reach { $0.opened.count == 4 && $0.ended.count == 1 }
        }
        // At once, before another test may get the same port.
        let refused = try #require(throws: Victim.Failure.self) { try Victim(port: port) }
        #expect(refused.code == ECONNREFUSED)
        let count = evidence.entries.count
        #expect(evidence.ended.count == 3)
        #expect(evidence.ended.dropFirst().allSatisfy { $0.closing?.by == .receiver && $0.answerEnded == nil })
        #expect(evidence.closed.count == 4)
        #expect(evidence.closed.allSatisfy { $0.closing.by == .receiver })
        for victim in victims {
            #expect(try await victim.receive().ending != .stillOpen)
            victim.close()
        }
        try await Task.sleep(for: .milliseconds(100))
        #expect(evidence.entries.count == count)
    }

    @Test func `ends when its task is cancelled, with everything recorded`() async throws {
        let evidence = RecordedEvidence()
        let task = Task {
            try await withMockReceiver(
                for: endpoint("a", .respond(Response(status: 200, after: .seconds(3600)))),
                authority: try RunAuthority(),
                clock: RealRunClock(),
                sink: evidence
            ) { receiver in
                let victim = try Victim(port: receiver.port)
                try await victim.send(request("{}"))
                _ = try await victim.receive()
            }
        }
        try await evidence.reach { $0.arrived.count == 1 }
        task.cancel()
        let result = await task.result
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(evidence.ended.count == 1 && evidence.closed.count == 1)
    }

    @Test func `hands on what its body throws`() async throws {
        struct Wanted: Error {}
        await #expect(throws: Wanted.self) { try await receiving([.status(200)]) { _ in throw Wanted() } }
    }
}
