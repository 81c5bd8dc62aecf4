import DeliveryScenarios
import FaultProving
import Testing

@Suite struct `Shape of an answer` {
    /// Shapes and the answers that have them.
    static let right: [(AnswerShape, String)] = [
        (.nothing, ""), (.insideStatusLine, "HTTP/1.1 2"), (.afterHeader(1), "HTTP/1.1 200 OK\r\nA: 1\r\n"),
        (.insideHeader(1), "HTTP/1.1 200 OK\r\nA:"), (.afterHead, Samples.head),
        (.halfBody, Samples.head + String(repeating: "b", count: 20)),
        (.body(17), Samples.head + String(repeating: "b", count: 17)), (.bytes(10), "HTTP/1.1 2"),
        (.whole, Samples.head + Samples.body),
    ]

    @Test(arguments: right)
    func `is recognised`(_ shape: AnswerShape, _ text: String) {
        #expect(shape.mismatch(Samples.bytes(text)) == nil)
    }

    @Test(arguments: right)
    func `is not recognised with a byte more`(_ shape: AnswerShape, _ text: String) {
        // One more byte of a status line or of a header line is as good.
        guard shape != .insideStatusLine, shape != .insideHeader(1) else { return }
        #expect(shape.mismatch(Samples.bytes(text + "x")) != nil)
    }

    @Test(arguments: right)
    func `is not recognised with a byte less`(_ shape: AnswerShape, _ text: String) {
        guard shape != .insideStatusLine, shape != .insideHeader(1), !text.isEmpty else { return }
        #expect(shape.mismatch(Samples.bytes(String(text.dropLast()))) != nil)
    }

    @Test(arguments: [AnswerShape.insideStatusLine, .insideHeader(1), .bytes(10)])
    func `is that of HTTP and nothing else`(_ shape: AnswerShape) {
        #expect(shape.mismatch(Samples.bytes("0123456789")) != nil)
    }

    @Test func `follows from the point of a fault`() {
        #expect(AnswerShape(before: .body(17)) == .body(17))
        #expect(AnswerShape(before: .request) == .nothing)
        #expect(AnswerShape(before: .end) == .whole)
    }

    @Test func `is told in the reason`() {
        let reason = AnswerShape.body(17).mismatch(Samples.bytes(Samples.head + "bb"))
        #expect(reason == "a head of 65 bytes and 2 of 40 bytes of body instead of the head and 17 bytes of the body")
    }
}
