import DeliveryScenarios
import Notation
import Testing

@Suite struct `Scripts in one line` {
    @Test func `are replies by attempt`() throws {
        let replies = try ScriptText.replies("503 after 29.5s, hang, reset after head, 500 x2, 200")
        #expect(
            replies == [
                .respond(Response(status: 503, after: .milliseconds(29_500))), .fault(Fault(kind: .hang)),
                .fault(Fault(kind: .reset, at: .head)), .respond(Response(status: 500)),
                .respond(Response(status: 500)), .respond(Response(status: 200)),
            ]
        )
    }

    private static func turn(_ reply: Reply, times: Int = 1, for duration: Duration? = nil) -> ScriptTurn {
        ScriptTurn(reply: reply, times: times, duration: duration)
    }

    private static let fine = turn(.respond(Response(status: 200)))
    private static let unavailable = Reply.respond(Response(status: 503))

    @Test(
        arguments: [
            ("500, 500, 200", [turn(.respond(Response(status: 500))), turn(.respond(Response(status: 500))), fine]),
            ("503 after 29.5s", [turn(.respond(Response(status: 503, after: .milliseconds(29_500))))]),
            (
                "503 after 1s..3s",
                [turn(.respond(Response(status: 503, spread: .uniform(least: .seconds(1), most: .seconds(3)))))]
            ),
            ("hang", [turn(.fault(Fault(kind: .hang)))]),
            ("reset after 17 bytes of the body", [turn(.fault(Fault(kind: .reset, at: .body(17))))]),
            (
                "close after 10 bytes of the answer after 2s",
                [turn(.fault(Fault(kind: .close, at: .answer(10), after: .seconds(2))))]
            ),
            (
                "reset after 1s..2s",
                [turn(.fault(Fault(kind: .reset, spread: .uniform(least: .seconds(1), most: .seconds(2)))))]
            ),
            ("refuse for 5s, 503", [turn(.fault(Fault(kind: .refuse)), for: .seconds(5)), turn(unavailable)]),
            ("500 x3, 503", [turn(.respond(Response(status: 500)), times: 3), turn(unavailable)]),
            ("500 ×3, 503", [turn(.respond(Response(status: 500)), times: 3), turn(unavailable)]),
            ("500 3 times, 503", [turn(.respond(Response(status: 500)), times: 3), turn(unavailable)]),
            ("expired x2, 200", [turn(.fault(Fault(kind: .expired)), times: 2), fine]),
        ]
    )
    func `have turns`(_ text: String, _ turns: [ScriptTurn]) throws {
        #expect(try ScriptText.script(text) == ReplyScript(turns: turns))
    }

    @Test(arguments: [("503 for 10m", Duration.seconds(600), 1), ("503 x2", nil, 2), ("refuse for 5s", .seconds(5), 1)])
    func `that end are followed by 200`(_ text: String, _ duration: Duration?, _ times: Int) throws {
        let script = try ScriptText.script(text)
        #expect(script.turns.count == 2)
        #expect(script.turns.first?.duration == duration && script.turns.first?.times == times)
        #expect(script.turns.last == Self.fine)
    }

    @Test(
        arguments: [
            ("503 every 3rd", .every(3)), ("503 every 2", .every(2)), ("503 with 20 %", .chance(0.2, seed: nil)),
            ("503 with 20% seed 7", .chance(0.2, seed: 7)), ("503 with 0.5 % seed 8", .chance(0.005, seed: 8)),
            ("503 from 5m for 10m", .window(from: .seconds(300), duration: .seconds(600))),
        ] as [(String, Interruption.Moment)]
    )
    func `take over some of the attempts and answer the others with 200`(
        _ text: String,
        _ moment: Interruption.Moment
    ) throws {
        let script = try ScriptText.script(text)
        #expect(script.interruptions == [Interruption(reply: Self.unavailable, moment: moment)])
        #expect(script.turns == [Self.fine])
    }

    @Test func `have interruptions beside turns`() throws {
        let script = try ScriptText.script("500, reset after head every 3rd, 204")
        #expect(script.replies == [.respond(Response(status: 500)), .respond(Response(status: 204))])
        #expect(
            script.interruptions == [Interruption(reply: .fault(Fault(kind: .reset, at: .head)), moment: .every(3))]
        )
    }

    @Test func `have interruptions of connections and of the port`() throws {
        let script = try ScriptText.script("expired every 3rd, refuse from 1m for 5s")
        #expect(script.turns == [Self.fine])
        #expect(
            script.interruptions == [
                Interruption(reply: .fault(Fault(kind: .expired)), moment: .every(3)),
                Interruption(
                    reply: .fault(Fault(kind: .refuse)),
                    moment: .window(from: .seconds(60), duration: .seconds(5))
                ),
            ]
        )
    }

    @Test func `make an answer long enough for the cut that is asked for`() throws {
        guard case .fault(let body)? = try ScriptText.script("reset after 1 MiB of the body").turns.first?.reply,
            case .fault(let header)? = try ScriptText.script("hang inside header 5").turns.first?.reply
        else {
            Issue.record("these are no faults")
            return
        }
        #expect(body.answer.bodySize > 1 << 20)
        #expect(header.answer.headerLineCount == 5)
        #expect(header.answer.body == Fault.answer.body)
    }

    @Test func `wait behind a slow read before the answer`() throws {
        let reply = try ScriptText.script("slow-read after 2s").turns.first?.reply
        guard case .fault(let fault)? = reply else {
            Issue.record("this is no fault")
            return
        }
        #expect(fault.answer.after == .seconds(2) && fault.after == .zero)
    }

    @Test(arguments: [
        ("", "a reply is missing in the script"),
        ("500,,200", "a reply is missing in the script"),
        ("99", "99 is no HTTP status"),
        ("hagn", "'hagn' is neither a status nor a fault"),
        ("200 after", "'after' behind 200 is not understood"),
        ("200 after 3", "the duration '3' has no unit"),
        ("200 before 3s", "'before 3s' behind 200 is not understood"),
        ("200 bytes=3", "'bytes=' behind 200 is not understood"),
        ("503 after 3s..1s", "'3s..1s' ends before it starts"),
        ("reset sometime", "'sometime' is not a point of the exchange"),
        ("lost-ack after head", "`lost-ack` cannot happen `after head`"),
        ("expired after request", "`expired` cannot happen `after request`"),
        ("refuse", "`refuse` needs a time after which the port is open again"),
        ("blackhole x3", "`blackhole` needs a time after which the port is open again"),
        ("503 x0", "'0' is no number of times"),
        ("503 for", "'for' needs a value"),
        ("503 for 0s", "`for` is no time at all"),
        ("503 for 10", "the duration '10' has no unit"),
        ("503 x2 for 10m", "`times` and `for` exclude each other"),
        ("503 every first", "'first' does not say which attempts"),
        ("503 every 1st", "'1st' does not say which attempts"),
        ("503 every 3rd for 5m", "`for` does not go with `every`"),
        ("503 every 3rd x2", "`times` does not go with `every`"),
        ("503 every 3rd with 5 %", "`every` and `with` exclude each other"),
        ("503 with 20", "'20' is not a chance"),
        ("503 with 0 %", "'0 %' is not a chance"),
        ("503 with 101 %", "'101 %' is not a chance"),
        ("503 with 20 % seed -1", "'-1' is not a seed"),
        ("503 from 5m", "`from` needs `for`"),
        ("refuse every 3rd", "`refuse` needs a time after which the port is open again"),
        ("reset timeout=3", "`reset` has no attributes"),
    ])
    func `say what is wrong with them`(_ text: String, _ message: String) {
        let error = #expect(throws: NotationError.self) { try ScriptText.script(text) }
        #expect(error?.message == message)
    }

    @Test(arguments: ["503 for 10m", "503 every 2nd", "503 x1001"])
    func `whose replies do not come by attempt are no list of replies`(_ text: String) {
        let error = #expect(throws: NotationError.self) { try ScriptText.replies(text) }
        #expect(error?.message == "every reply of '\(text)' must be given to a number of attempts")
    }

    /// Whatever a person types, the answer is a script or a sentence.
    @Test func `are read or refused whatever their words are`() {
        let words = [
            "500", "200", "reset", "hang", "refuse", "endless", "timeout", "latency", "after", "inside", "before", "at",
            "header", "body", "bytes", "of", "the", "head", "17", "0", "99999999999999999999", "-1", "1s", "1s..3s",
            "..",
            "for", "every", "3rd", "with", "20", "%", "20%", "seed", "7", "from", "5m", "x3", "x", "times", ",", "=",
            "latency=5", "timeout=99999999999999", "1TiB", "1024GiB", "1000", "é", "\u{0}", "`",
        ]
        var read = 0
        for number in 0..<5000 {
            var draw = SeededDraw(seed: 4, stream: UInt64(number))
            let count = 1 + Int(draw.unit() * 7)
            let text = (0..<count).map { _ in words[Int(draw.unit() * Double(words.count))] }.joined(separator: " ")
            do {
                let script = try ScriptText.script(text)
                #expect(!script.turns.isEmpty, "\(text)")
                read += 1
            } catch {
                #expect(!error.message.isEmpty)
            }
        }
        #expect(read > 50)
    }

    @Test func `are not endless`() {
        let text = Array(repeating: "200", count: 1001).joined(separator: ",")
        let error = #expect(throws: NotationError.self) { try ScriptText.script(text) }
        #expect(error?.message == "a script has at most 1000 replies, not 1001")
    }

    @Test func `suggest the fault that was meant`() {
        let error = #expect(throws: NotationError.self) { try ScriptText.script("EMPTY_RESPONS") }
        #expect(error?.help == "did you mean `EMPTY_RESPONSE`?")
    }
}
