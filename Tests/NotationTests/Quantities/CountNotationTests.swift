import Notation
import Testing

@Suite struct `Count notation` {
    @Test(arguments: [
        ("exactly 3", CountRange(lowest: 3, highest: 3), "exactly 3"),
        ("3", CountRange(lowest: 3, highest: 3), "exactly 3"),
        ("exactly 0", CountRange(lowest: 0, highest: 0), "exactly 0"),
        ("at most 3", CountRange(lowest: 0, highest: 3), "at most 3"),
        ("at least 1", CountRange(lowest: 1, highest: nil), "at least 1"),
        ("1..3", CountRange(lowest: 1, highest: 3), "1..3"),
        (" 1 .. 3 ", CountRange(lowest: 1, highest: 3), "1..3"),
    ])
    func `reads and writes`(_ text: String, _ count: CountRange, _ canonical: String) throws {
        #expect(try CountNotation.parse(text) == count)
        #expect(count.text == canonical)
        #expect(try CountNotation.parse(canonical) == count)
    }

    @Test func `contains both of its ends and nothing outside`() {
        let few = CountRange(lowest: 1, highest: 3)
        #expect([0, 1, 3, 4].map(few.contains) == [false, true, true, false])
        let many = CountRange(lowest: 2, highest: nil)
        #expect([1, 2, 1_000_000].map(many.contains) == [false, true, true])
    }

    @Test(arguments: [
        ("three", "'three' is not a count", "write `exactly 3`, `at most 3`, `at least 1` or `1..3`"),
        ("-1", "'-1' is not a count", "write `exactly 3`, `at most 3`, `at least 1` or `1..3`"),
        ("at most", "'at most' is not a count", "write `exactly 3`, `at most 3`, `at least 1` or `1..3`"),
        ("", "'' is not a count", "write `exactly 3`, `at most 3`, `at least 1` or `1..3`"),
        ("3..1", "'3..1' ends before it starts", "write `1..3`"),
        ("1000000001", "'1000000001' is too large a count", "write at most 1000000000"),
        ("99999999999999999999", "'99999999999999999999' is too large a count", "write at most 1000000000"),
    ])
    func `refuses everything else`(_ text: String, _ message: String, _ help: String) {
        let error = #expect(throws: NotationError.self) { try CountNotation.parse(text) }
        #expect(error == NotationError(message: message, help: help))
    }
}
