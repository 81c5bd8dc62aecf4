/// What must come over the wire from the receiver.
package enum ExpectedAnswer: Sendable, Hashable {
    /// An answer over HTTP/1.1 as far as this, and then so many bytes that belong to nothing.
    case upTo(AnswerShape, extra: Int = 0)
    /// A chunked body of which so many bytes are lawful, and then a size line that is none.
    case malformedChunk(after: Int)
    /// At least so many bytes, beginning with at least this, and no end of them.
    case endless(inHead: Bool, atLeast: Int)
    /// A whole lawful answer; `body` is what its length may be.
    case lawful(status: Int, interim: [Int] = [], body: ClosedRange<Int> = 0...Int.max)
    /// A TLS record with a fatal alert, and nothing more.
    case fatalAlert
    /// The answer to a ClientHello by a server that speaks nothing newer than TLS 1.1.
    case oldTLS
    case http2(ExpectedHTTP2)
    /// Anything but the head of an answer, over whichever version of HTTP.
    case noAnswer

    /// What the bytes have against it; `nil` when they are as expected.
    package func mismatch(_ bytes: [UInt8]) -> String? {
        switch self {
        case .upTo(let shape, let extra):
            guard bytes.count >= extra else { return "\(bytes.count) bytes instead of \(shape.text) and \(extra) more" }
            return shape.mismatch(Array(bytes.dropLast(extra)))
        case .malformedChunk(let count): return chunkMismatch(AnswerReading(bytes), count)
        case .endless(let inHead, let count): return endlessMismatch(AnswerReading(bytes), bytes.count, inHead, count)
        case .lawful(let status, let interim, let body):
            let answer = AnswerReading(bytes)
            if answer.interim != interim { return "interim answers \(answer.interim) instead of \(interim)" }
            if answer.status != status { return "\(answer.text) instead of an answer of \(status)" }
            if let count = answer.bodyCount, !body.contains(count) {
                return "\(answer.text) instead of a body of \(body.lowerBound) to \(body.upperBound) bytes"
            }
            return AnswerShape.whole.mismatch(Array(bytes.dropFirst(answer.start)))
        case .fatalAlert:
            return TLSRecord(bytes)?.isFatalAlert == true && bytes.count == 7
                ? nil : "\(bytes.count) bytes that are no fatal alert"
        case .oldTLS: return TLSRecord(bytes)?.whyNotOld ?? (bytes.isEmpty ? "no answer to the ClientHello" : nil)
        case .http2(let expected): return expected.mismatch(HTTP2Sight(bytes))
        case .noAnswer:
            let status = AnswerReading(bytes).status ?? HTTP2Sight(bytes).status
            return status.map { "an answer of \($0), where there must be none" }
        }
    }

    private func chunkMismatch(_ answer: AnswerReading, _ count: Int) -> String? {
        guard answer.isChunked, answer.headEnd != nil else { return "\(answer.text), which is not chunked" }
        let (decoded, malformed) = answer.chunks
        guard malformed != nil else { return "\(decoded) bytes in chunks, and none malformed" }
        return decoded == count ? nil : "\(decoded) bytes in lawful chunks instead of \(count)"
    }

    private func endlessMismatch(_ answer: AnswerReading, _ total: Int, _ inHead: Bool, _ count: Int) -> String? {
        guard inHead == (answer.headEnd == nil) else { return "\(answer.text), of which the other part is endless" }
        guard inHead || answer.declaredLength == nil else { return "\(answer.text), which declares its length" }
        return total >= count ? nil : "\(total) bytes, where at least \(count) were to come"
    }

    /// Says that the bytes are a reaction to a request, and not what a server says before one.
    package func isReaction(_ bytes: [UInt8]) -> Bool {
        guard case .http2 = self else { return !bytes.isEmpty }
        return HTTP2Sight(bytes).isAnswerBegun
    }

    /// Says that this many bytes can have nothing after them but silence, or an end.
    package func isReached(_ bytes: [UInt8]) -> Bool { mismatch(bytes) == nil }
}
