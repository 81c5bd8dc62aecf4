import DeliveryScenarios
import Testing

@Suite struct `Reply script` {
    @Test func `answers by attempt and repeats its last reply`() {
        let script = ReplyScript(replies: [.respond(Response(status: 500)), .fault(Fault(kind: .reset))])
        #expect(script.reply(to: 1) == .respond(Response(status: 500)))
        #expect(script.reply(to: 2) == .fault(Fault(kind: .reset)))
        #expect(script.reply(to: 9) == .fault(Fault(kind: .reset)))
    }

    @Test func `passes over what happens to connections and counts what is given several times`() throws {
        let script = try ScriptText.script("expired, 500 x2, refuse for 5s, 200")
        let statuses = (1...4).map { attempt -> Int? in
            guard case .respond(let response) = script.reply(to: attempt) else { return nil }
            return response.status
        }
        #expect(statuses == [500, 500, 200, 200])
    }

    @Test(arguments: ["2", "orders/2", "interruption 1", "orders/interruption 3", "handshake zoom", "unmatched"])
    func `names its places so that they are found again`(_ text: String) {
        #expect(ReplyPlace(text: text)?.text == text)
    }

    @Test(arguments: ["", "two", "interruption", "handshake nobody", "orders/"])
    func `knows no other places`(_ text: String) {
        #expect(ReplyPlace(text: text) == nil)
    }

    @Test func `finds the reply at a place`() throws {
        var script = try ScriptText.script("500, reset every 3rd")
        script.rules = [
            ReplyRule(
                name: "orders",
                pattern: RequestPattern(methods: ["POST"]),
                turns: [ScriptTurn(reply: .respond(Response(status: 410)))]
            )
        ]
        #expect(script.reply(at: ReplyPlace(item: .turn(1))) == .respond(Response(status: 500)))
        #expect(script.reply(at: ReplyPlace(item: .turn(2))) == nil)
        #expect(script.reply(at: ReplyPlace(item: .interruption(1))) == .fault(Fault(kind: .reset)))
        #expect(script.reply(at: ReplyPlace(rule: "orders", item: .turn(1))) == .respond(Response(status: 410)))
        #expect(script.reply(at: ReplyPlace(rule: "others", item: .turn(1))) == nil)
        #expect(script.reply(at: ReplyPlace(item: .unmatched)) == nil)
    }
}
