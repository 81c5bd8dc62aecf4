import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import Testing

@Suite struct `The course of a script` {
    private static func seconds(_ seconds: Int) -> Stamp { Stamp(nanoseconds: Int64(seconds) * 1_000_000_000) }

    private static func statuses(_ script: ReplyScript, _ arrivals: [(key: String?, at: Int)]) -> [Int] {
        let progress = ScriptProgress(script, at: seconds(0))
        return arrivals.map { arrival in
            guard case .respond(let response) = progress.advance(arrival.key, at: seconds(arrival.at)).reply else {
                return 0
            }
            return response.status
        }
    }

    @Test func `gives a reply as many times as it says`() {
        let script = ReplyScript(turns: [
            ScriptTurn(reply: .status(500), times: 3), ScriptTurn(reply: .status(503)), ScriptTurn(reply: .status(200)),
        ])
        #expect(Self.statuses(script, (0..<6).map { ("a", $0) }) == [500, 500, 500, 503, 200, 200])
    }

    @Test func `holds a reply for everyone until its time is over`() {
        let script = ReplyScript(turns: [
            ScriptTurn(reply: .status(503), duration: .seconds(600)), ScriptTurn(reply: .status(200)),
        ])
        let arrivals: [(String?, Int)] = [("a", 100), ("b", 400), ("a", 699), ("b", 700), ("c", 701), ("a", 702)]
        #expect(Self.statuses(script, arrivals) == [503, 503, 503, 200, 200, 200])
    }

    @Test func `lets each third attempt be taken over and counts it all the same`() {
        let script = ReplyScript(
            turns: [ScriptTurn(reply: .status(500), times: 2), ScriptTurn(reply: .status(200))],
            interruptions: [Interruption(reply: .status(429), moment: .every(3))]
        )
        #expect(Self.statuses(script, (0..<6).map { (nil, $0) }) == [500, 500, 429, 200, 200, 429])
    }

    @Test func `draws the same chances from the same seed and about as many as asked`() {
        let script = { (seed: UInt64) in
            ReplyScript(
                turns: [ScriptTurn(reply: .status(200))],
                interruptions: [Interruption(reply: .status(503), moment: .chance(0.2, seed: seed))]
            )
        }
        let arrivals: [(String?, Int)] = (0..<2000).map { (nil, $0) }
        let first = Self.statuses(script(7), arrivals)
        #expect(first == Self.statuses(script(7), arrivals))
        #expect(first != Self.statuses(script(8), arrivals))
        // Of 2000 draws with a chance of 0.2, more than 5 standard deviations off is a broken generator.
        #expect((310...490).contains(first.count { $0 == 503 }))
    }

    @Test func `keeps an outage window to its time since the opening`() {
        let window = Interruption.Moment.window(from: .seconds(60), duration: .seconds(30))
        let script = ReplyScript(
            turns: [ScriptTurn(reply: .status(200))],
            interruptions: [Interruption(reply: .status(503), moment: window)]
        )
        #expect(Self.statuses(script, [(nil, 59), (nil, 60), (nil, 89), (nil, 90)]) == [200, 503, 503, 200])
    }

    @Test func `lets connections meet their faults after as many requests as stand in front`() {
        let expired = Fault(kind: .expired)
        let script = ScriptProgress(
            ReplyScript(turns: [
                ScriptTurn(reply: .status(500), times: 2), ScriptTurn(reply: .fault(expired), times: 2),
                ScriptTurn(reply: .fault(Fault(kind: .wrongHost))), ScriptTurn(reply: .status(200)),
            ])
        )
        let now = Self.seconds(0)
        #expect(script.connect(at: now) == nil)
        #expect(!script.advance("a").isFollowedByConnectionFault)
        #expect(script.connect(at: now) == nil)
        #expect(script.advance("a").isFollowedByConnectionFault)
        #expect((0..<3).map { _ in script.connect(at: now)?.kind } == [.expired, .expired, .wrongHost])
        #expect(script.connect(at: now) == nil)
        let turn = script.advance("a")
        #expect(turn.reply == .status(200) && turn.ordinal == 3 && turn.place.text == "4")
    }

    @Test func `repeats a connection fault that comes last`() {
        let script = ScriptProgress(
            ReplyScript(replies: [.status(200), .fault(Fault(kind: .selfSigned))])
        )
        _ = script.advance(nil)
        #expect((0..<5).map { _ in script.connect(at: Self.seconds(0))?.kind }.allSatisfy { $0 == .selfSigned })
    }

    @Test func `counts each rule's deliveries apart`() {
        let rule = ReplyRule(
            name: "orders",
            pattern: RequestPattern(path: .equals("/orders")),
            turns: [ScriptTurn(reply: .status(500)), ScriptTurn(reply: .status(201))]
        )
        let script = ScriptProgress(ReplyScript(turns: [ScriptTurn(reply: .status(200))], rules: [rule]))
        let places = [0, nil, 0, nil].map { script.advance("a", rule: $0).place.text }
        #expect(places == ["orders/1", "1", "orders/2", "1"])
    }

    @Test func `draws a spread delay anew for each attempt`() {
        let spread = DelaySpread.uniform(least: .seconds(1), most: .seconds(3))
        let script = ScriptProgress(
            ReplyScript(replies: [.respond(Response(status: 200, spread: spread))])
        )
        let delays = (0..<50).compactMap { _ -> Duration? in
            guard case .respond(let response) = script.advance(nil).reply else { return nil }
            return response.after
        }
        #expect(delays.allSatisfy { $0 >= .seconds(1) && $0 <= .seconds(3) })
        #expect(Set(delays).count > 40)
    }
}

@Suite struct `A script of nothing but bad certificates` {
    @Test func `serves a client that takes them all the same`() {
        let script = ScriptProgress(ReplyScript(replies: [.fault(Fault(kind: .expired))]))
        #expect(script.connect(at: Stamp(nanoseconds: 0))?.kind == .expired)
        #expect(script.advance(nil).reply == .status(200))
    }
}
