import DeliveryScenarios
import Testing

@Suite struct `Reply script` {
    @Test func `answers by attempt and repeats its last reply`() {
        let script = ReplyScript(replies: [.respond(Response(status: 500)), .fault(Fault(kind: .reset))])
        #expect(script.reply(to: 1) == .respond(Response(status: 500)))
        #expect(script.reply(to: 2) == .fault(Fault(kind: .reset)))
        #expect(script.reply(to: 9) == .fault(Fault(kind: .reset)))
    }
}
