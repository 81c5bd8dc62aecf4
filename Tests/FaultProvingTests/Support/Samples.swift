import DeliveryEvidence
import FaultProving

/// Values that are as they should be, for tests to spoil.
enum Samples {
    static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 40\r\n\r\n"
    static let body = String(repeating: "b", count: 40)

    static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    static let port = 40_000

    /// What a victim saw that got `text` and then an end.
    static func sight(_ text: String, _ end: WireSight.End, sentAt: Duration = .zero) -> WireSight {
        WireSight(
            connecting: .stood,
            localPort: port,
            pieces: text.isEmpty ? [] : [WireSight.Piece(at: .milliseconds(10), bytes: bytes(text))],
            end: end,
            endedAt: end == .open ? nil : .milliseconds(20),
            sent: 100,
            sentAt: sentAt
        )
    }

    static let asked = "fault reset after 17 bytes of the body"

    /// What an honest receiver writes down about a reset after `count` bytes.
    static func records(
        asked: String = Samples.asked,
        wire: String = "RST after 82 bytes",
        closing: Closing = Closing(by: .receiver, how: .reset, at: Stamp(nanoseconds: 1)),
        bytesOut: Int = 82,
        bytesIn: Int = 100
    ) -> ReceiverSight {
        var sight = ReceiverSight()
        sight.opened = [ConnectionOpened(connection: 7, endpoint: "victim", peer: "127.0.0.1:\(port)")]
        sight.arrived = [arrived]
        sight.ended = [
            AttemptEnded(
                attempt: 3,
                asked: asked,
                status: 200,
                answerBegan: Stamp(nanoseconds: 1),
                answerEnded: nil,
                bytesOut: bytesOut,
                closing: closing
            )
        ]
        sight.closed = [ConnectionClosed(connection: 7, closing: closing, bytesIn: bytesIn, bytesOut: bytesOut)]
        sight.produced = [
            FaultProduced(endpoint: "victim", connection: 7, attempt: 3, asked: asked, kernel: ["close(2)"], wire: wire)
        ]
        return sight
    }

    private static var arrived: AttemptArrived {
        AttemptArrived(
            attempt: 3,
            connection: 7,
            endpoint: "victim",
            deliveryKey: nil,
            ordinal: 1,
            firstByte: Stamp(nanoseconds: 0),
            headEnd: Stamp(nanoseconds: 0),
            bodyEnd: Stamp(nanoseconds: 0),
            head: Bytes(text: ""),
            method: "POST",
            target: "/hooks",
            version: "HTTP/1.1",
            headers: [],
            body: Bytes(text: "")
        )
    }

    /// The step that all of this belongs to: a reset after the head and 17 bytes.
    static let step = RawStep(
        VictimMove(),
        sees: ExpectedSight(answer: .upTo(.body(17)), ends: [.reset]),
        receipt: .fault(asked)
    )

    /// What its victim saw.
    static let seen = sight(head + String(repeating: "b", count: 17), .reset)
}
