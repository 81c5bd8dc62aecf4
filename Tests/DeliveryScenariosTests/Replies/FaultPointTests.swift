import DeliveryScenarios
import Notation
import Testing

@Suite struct `Points of the exchange` {
    private static let everySort: [Fault.Point] =
        Fault.Point.samples + [
            .handshake, .header(12), .insideHeader(3), .requestBody(0), .requestBody(1), .body(0), .body(1),
            .answer(1), .answer(5_000_000),
        ]

    @Test(arguments: everySort)
    func `are read back from what they are called in receipts`(_ point: Fault.Point) throws {
        #expect(try Fault.Point(parsing: point.text) == point)
    }

    @Test(
        arguments: [
            ("after the head", .head), ("after the request's head", nil), ("after the head of the request", .head),
            ("inside the status line", .statusLine), ("in the TLS handshake", .handshake),
            ("before the body", .answerHead),
            ("after the headers", .answerHead), ("in the body", .insideBody),
            ("in the middle of the body", .insideBody),
            ("after the whole answer", .end), ("after the whole request", .request),
            ("after header line 2", .header(2)),
            ("in header 3", .insideHeader(3)), ("after 1 KiB of the body", .body(1024)),
            ("after 1KiB of the answer", .answer(1024)), ("after 1 byte of the request's body", nil),
            ("after 1 byte of the request body", .requestBody(1)), ("after 0 bytes", .answer(0)),
            ("before the status line", .request),
        ] as [(String, Fault.Point?)]
    )
    func `have other natural names`(_ text: String, _ point: Fault.Point?) {
        #expect((try? Fault.Point(parsing: text)) == point)
    }

    @Test(
        arguments: [
            ("after lunch", "'after lunch' is not a point of the exchange"),
            ("after 17", "the size '17' has no unit"),
            ("after 17 bites", "'bites' is not a unit of size"),
            ("after 17 bytes of the sea", "'after 17 bytes of the sea' is not a point of the exchange"),
            ("inside header 0", "there is no header 0"),
            ("after header 1001", "there is no header 1001"),
            ("before header 1", "'before header 1' is not a point of the exchange"),
            ("after 2000 GiB", "'after 2000 GiB' lies further than 1024GiB"),
        ]
    )
    func `that are none are told`(_ text: String, _ message: String) {
        let error = #expect(throws: NotationError.self) { try Fault.Point(parsing: text) }
        #expect(error?.message == message)
    }

    @Test func `are suggested when one is near`() {
        let error = #expect(throws: NotationError.self) { try Fault.Point(parsing: "after haed") }
        #expect(error?.help == "did you mean `after head`?")
    }
}
