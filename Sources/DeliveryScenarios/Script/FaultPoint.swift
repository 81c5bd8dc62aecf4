extension Fault {
    /// Where in the exchange a fault happens.
    package enum Point: Sendable, Hashable {
        /// As soon as the connection is there; nothing is read.
        case accept
        /// In the TLS handshake.
        case handshake
        /// As soon as the request's head is there; the body is not read.
        case head
        /// After so many bytes of the request's body were read.
        case requestBody(Int)
        /// Once the whole request is there.
        case request
        /// In the middle of the answer's status line.
        case statusLine
        /// After header line `k` (1-based) of the answer.
        case header(Int)
        /// In the middle of header line `k` (1-based) of the answer.
        case insideHeader(Int)
        /// After the answer's head, its blank line included.
        case answerHead
        /// After half of the answer's body.
        case insideBody
        /// After so many bytes of the answer's body.
        case body(Int)
        /// After so many bytes of the answer, counted from its first.
        case answer(Int)
        /// After the whole answer.
        case end

        /// The point as a script says it: `after 17 bytes of the body`.
        package var text: String {
            switch self {
            case .accept: "at accept"
            case .handshake: "in the handshake"
            case .head: "after head"
            case .requestBody(let count): "after \(count) bytes of the request"
            case .request: "after request"
            case .statusLine: "inside status line"
            case .header(let number): "after header \(number)"
            case .insideHeader(let number): "inside header \(number)"
            case .answerHead: "before body"
            case .insideBody: "inside body"
            case .body(let count): "after \(count) bytes of the body"
            case .answer(let count): "after \(count) bytes"
            case .end: "at end"
            }
        }

        /// Says that it lies inside the answer or behind it.
        package var isInAnswer: Bool {
            switch self {
            case .accept, .handshake, .head, .requestBody, .request: false
            case .statusLine, .header, .insideHeader, .answerHead, .insideBody, .body, .answer, .end: true
            }
        }

        /// One of each sort, with example numbers.
        package static let samples: [Point] = [
            .accept, .head, .requestBody(100), .request, .statusLine, .header(1), .insideHeader(1), .answerHead,
            .insideBody, .body(17), .answer(10), .end,
        ]

        /// Says that both are points of one sort, whatever their numbers.
        package func isSameSort(as other: Point) -> Bool {
            switch (self, other) {
            case (.requestBody, .requestBody), (.header, .header), (.insideHeader, .insideHeader), (.body, .body),
                (.answer, .answer):
                true
            default: self == other
            }
        }
    }
}
