package import DeliveryScenarios

/// How far an answer over HTTP/1.1 goes before something else happens.
package enum AnswerShape: Sendable, Hashable {
    case nothing
    case insideStatusLine
    /// So many header lines, each complete.
    case afterHeader(Int)
    case insideHeader(Int)
    case afterHead
    /// The head and half of the body it declares.
    case halfBody
    /// The head and so many bytes of the body.
    case body(Int)
    /// So many bytes, counted from the first.
    case bytes(Int)
    case whole

    /// The shape of what is sent before a fault at `point`.
    package init(before point: Fault.Point) {
        self =
            switch point {
            case .accept, .handshake, .head, .requestBody, .request: .nothing
            case .statusLine: .insideStatusLine
            case .header(let number): .afterHeader(number)
            case .insideHeader(let number): .insideHeader(number)
            case .answerHead: .afterHead
            case .insideBody: .halfBody
            case .body(let count): .body(count)
            case .answer(let count): .bytes(count)
            case .end: .whole
            }
    }

    /// What the bytes have against being of this shape; `nil` when they are.
    package func mismatch(_ bytes: [UInt8]) -> String? {
        let answer = AnswerReading(bytes)
        let seen = answer.text
        let isSo =
            switch self {
            case .nothing: bytes.isEmpty
            case .bytes(let count): bytes.count == count && answer.beginsAsHTTP
            case .insideStatusLine: answer.lines == 0 && !answer.rest.isEmpty && answer.beginsAsHTTP
            case .afterHeader(let number):
                answer.lines == number + 1 && answer.rest.isEmpty && answer.headEnd == nil && answer.beginsAsHTTP
            case .insideHeader(let number):
                answer.lines == number && !answer.rest.isEmpty && answer.headEnd == nil && answer.beginsAsHTTP
            case .afterHead: answer.bodyCount == 0
            case .halfBody: answer.bodyCount != nil && answer.bodyCount == answer.declaredLength.map { $0 / 2 }
            case .body(let count): answer.bodyCount == count
            case .whole: answer.bodyCount != nil && answer.bodyCount == answer.declaredLength
            }
        return isSo ? nil : "\(seen) instead of \(text)"
    }

    /// The shape in a few words.
    package var text: String {
        switch self {
        case .nothing: "nothing"
        case .insideStatusLine: "a part of the status line"
        case .afterHeader(let number): "the answer up to header \(number)"
        case .insideHeader(let number): "the answer up to the middle of header \(number)"
        case .afterHead: "the head alone"
        case .halfBody: "the head and half of the body"
        case .body(let count): "the head and \(count) bytes of the body"
        case .bytes(let count): "\(count) bytes of the answer"
        case .whole: "the whole answer"
        }
    }
}
