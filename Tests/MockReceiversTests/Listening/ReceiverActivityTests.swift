import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import RunClocks
import Testing

@Suite struct `The activity of a receiver` {
    @Test func `wakes whoever waits for an attempt when it arrives`() async throws {
        try await receiving([.fault(Fault(kind: .hang))]) { bench in
            let activity = bench.receiver.activity
            let deadline = bench.clock.now.advanced(by: patience)
            async let first = activity.waitForAttempts(1, until: deadline)
            async let second = activity.waitForAttempts(2, until: deadline)
            let victims = [try bench.victim(), try bench.victim()]
            for victim in victims { try await victim.send(request("{}")) }
            let woken = await [first, second]
            #expect(woken == [true, true])
            #expect(await activity.waitForAttempts(2, until: deadline))
            #expect(activity.inFlight == 2)
            #expect(activity.lastActivity > Stamp(nanoseconds: 0))
            for victim in victims { victim.close() }
            try await bench.evidence.reach { _ in activity.inFlight == 0 }
        }
    }

    @Test func `wakes whoever waits for the end of an attempt when it is over`() async throws {
        try await receiving([.status(200)]) { bench in
            let activity = bench.receiver.activity
            let deadline = bench.clock.now.advanced(by: patience)
            async let over = activity.waitForEnds(1, until: deadline)
            let victim = try bench.victim()
            try await victim.send(request("{}"))
            #expect(await over)
            #expect(activity.reading.attemptsEnded == 1)
            victim.close()
        }
    }

    @Test func `gives up at the deadline and not before`() async throws {
        try await receiving([.status(200)]) { bench in
            let deadline = bench.clock.now.advanced(by: .milliseconds(100))
            #expect(await bench.receiver.activity.waitForAttempts(1, until: deadline) == false)
            #expect(bench.clock.now >= deadline)
        }
    }

    @Test func `stops waiting when the task is cancelled`() async throws {
        try await receiving([.status(200)]) { bench in
            let deadline = bench.clock.now.advanced(by: .seconds(3600))
            let waiting = Task { await bench.receiver.activity.waitForAttempts(1, until: deadline) }
            waiting.cancel()
            #expect(await waiting.value == false)
        }
    }
}
