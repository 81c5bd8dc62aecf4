import DeliveryScenarios
import Notation
import Testing

@Suite struct `Scripts in one line` {
    @Test func `are replies by attempt`() throws {
        let replies = try ScriptText.replies("503 after 29.5s, hang, reset after head, 200")
        #expect(
            replies == [
                .respond(Response(status: 503, after: .milliseconds(29_500))), .fault(Fault(kind: .hang)),
                .fault(Fault(kind: .reset, at: .head)), .respond(Response(status: 200)),
            ]
        )
    }

    @Test(arguments: [
        ("", "a reply is missing in the script"),
        ("500,,200", "a reply is missing in the script"),
        ("99", "99 is no HTTP status"),
        ("hagn", "'hagn' is neither a status nor a fault"),
        ("200 after", "'after' behind 200 is not understood"),
        ("200 before 3s", "'before 3s' behind 200 is not understood"),
        ("reset sometime", "'sometime' is not a point of the exchange"),
    ])
    func `say what is wrong with them`(_ text: String, _ message: String) {
        let error = #expect(throws: NotationError.self) { try ScriptText.replies(text) }
        #expect(error?.message == message)
    }
}
