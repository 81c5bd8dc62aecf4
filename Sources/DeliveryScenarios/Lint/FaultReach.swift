import Notation

extension Fault {
    /// Why its answer never comes to the point where it happens; `nil` when it does.
    var missingPoint: NotationError? {
        guard !kind.happensToConnection, at.isInAnswer || kind == .wrongLength else { return nil }
        if needsBody, !answer.hasBody {
            return NotationError(
                message: "a \(answer.status) has no body, so `\(kind.rawValue) \(at.text)` cannot happen",
                help: "take another status, or another point"
            )
        }
        switch at {
        case .header(let number), .insideHeader(let number):
            let count = answer.headerLineCount
            guard number > count else { return nil }
            return NotationError(
                message: "the answer has \(count) header line\(count == 1 ? "" : "s"), so nothing happens `\(at.text)`",
                help: "give it more `headers`"
            )
        // How much is left of a packed body is known only once it is made.
        case .body, .insideBody: if case .gzip? = answer.filler { return nil }
        default: return nil
        }
        let least = if case .body(let count) = at { count } else { 2 }
        guard answer.bodySize < least else { return nil }
        return NotationError(
            message: "the answer's body has \(answer.bodySize) bytes, so nothing happens `\(at.text)`",
            help: "give it a longer `body`, or a `size`"
        )
    }

    /// Says that it happens in the body of an answer, or to what is declared about one.
    private var needsBody: Bool {
        switch at {
        case .insideBody: return true
        case .body(let count): if count > 0 { return true }
        default: break
        }
        switch kind {
        case .malformedChunk, .truncate, .tlsTruncation, .wrongLength, .ambiguousAck: return true
        case .endless:
            // The headers never end, so no body is come to.
            if case .header = at { return false }
            return true
        default: return false
        }
    }
}
