import DeliveryScenarios
import Notation
import Testing

@Suite struct `Other tools' names of faults` {
    private func reply(_ text: String) throws -> Reply? { try ScriptText.script(text).turns.first?.reply }

    @Test(
        arguments: [
            ("EMPTY_RESPONSE", Fault(kind: .close)), ("CONNECTION_RESET_BY_PEER", Fault(kind: .reset)),
            ("MALFORMED_RESPONSE_CHUNK", Fault(kind: .malformedChunk)),
            ("RANDOM_DATA_THEN_CLOSE", Fault(kind: .garbage)), ("down for 5s", Fault(kind: .refuse)),
            ("reset_peer", Fault(kind: .reset)),
            ("reset_peer timeout=2000", Fault(kind: .reset, after: .seconds(2))),
            ("timeout", Fault(kind: .hang)), ("timeout timeout=0", Fault(kind: .hang)),
            ("timeout timeout=500", Fault(kind: .close, after: .milliseconds(500))),
            ("limit_data bytes=10", Fault(kind: .close, at: .answer(10))),
            ("slow_close delay=300", Fault(kind: .close, at: .end, after: .milliseconds(300))),
            ("EMPTY_RESPONSE after head", Fault(kind: .close, at: .head)),
        ]
    )
    func `stand for faults`(_ text: String, _ fault: Fault) throws {
        #expect(try reply(text) == .fault(fault))
    }

    @Test func `stand for late answers`() throws {
        #expect(try reply("latency latency=1000") == .respond(Response(status: 200, after: .seconds(1))))
        let spread = DelaySpread.uniform(least: .milliseconds(800), most: .milliseconds(1200))
        #expect(try reply("latency latency=1000 jitter=200") == .respond(Response(status: 200, spread: spread)))
        let fromNow = DelaySpread.uniform(least: .zero, most: .milliseconds(30))
        #expect(try reply("latency latency=10 jitter=20") == .respond(Response(status: 200, spread: fromNow)))
    }

    @Test func `stand for slow answers with a body that shows it`() throws {
        guard case .respond(let bandwidth)? = try reply("bandwidth rate=10"),
            case .respond(let slicer)? = try reply("slicer average_size=64 delay=10000")
        else {
            Issue.record("these are no answers")
            return
        }
        #expect(bandwidth.drip == Drip(part: .body, bytes: 1000, every: .milliseconds(100)))
        #expect(slicer.drip == Drip(part: .body, bytes: 64, every: .milliseconds(10)))
        #expect(bandwidth.bodySize > 10_000 && slicer.bodySize > 10_000)
    }

    @Test(
        arguments: [
            ("limit_data", "`limit_data`: `bytes` is missing"),
            ("latency jitter=3", "`latency`: `latency` is missing"),
            ("timeout delay=3", "`timeout`: `delay` is not an attribute of it"),
            ("timeout after head", "`timeout` takes its attributes and nothing else"),
            ("timeout after 2s", "`timeout` takes its attributes and nothing else"),
            ("timeout timeout=5s", "'timeout=5s' is not an attribute"),
            ("down", "`refuse` needs a time after which the port is open again"),
        ]
    )
    func `are told when they lack something`(_ text: String, _ message: String) {
        let error = #expect(throws: NotationError.self) { try ScriptText.script(text) }
        #expect(error?.message == message)
    }

    @Test func `are understood in files, with the parts of an answer`() throws {
        let scenario = try TestContract.scenario(
            """
            scenario: Aliases
            receiver:
              - fault: EMPTY_RESPONSE
              - fault: { kind: RANDOM_DATA_THEN_CLOSE, bytes: 20 }
              - fault: { kind: timeout, timeout: 500 }
              - fault: timeout timeout=500
              - fault: { kind: bandwidth, rate: 10, status: 503, body: slow }
            steps: [quiet]
            """
        )
        let replies = try #require(scenario.endpoints.first?.script.replies)
        #expect(replies[0] == .fault(Fault(kind: .close)))
        #expect(replies[1] == .fault(Fault(kind: .garbage, bytes: 20)))
        #expect(replies[2] == .fault(Fault(kind: .close, after: .milliseconds(500))) && replies[3] == replies[2])
        guard case .respond(let slow) = replies[4] else {
            Issue.record("this is no answer")
            return
        }
        #expect(slow.status == 503 && slow.body == "slow" && slow.drip?.bytes == 1000)
    }
}
