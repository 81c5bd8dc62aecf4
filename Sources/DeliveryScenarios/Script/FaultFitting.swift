package import Notation

extension Response {
    /// How many header lines the answer has on the wire of HTTP/1.1: its own, and those that the receiver adds.
    package var headerLineCount: Int {
        let names = headers.map { $0.name.lowercased() }
        var count = headers.count
        if hasBody, !names.contains("content-length"), !names.contains("transfer-encoding") { count += 1 }
        if case .gzip? = filler, !names.contains("content-encoding") { count += 1 }
        return count
    }

    /// Says that its status lets it have a body (RFC 9110 section 6.4.1).
    package var hasBody: Bool { status >= 200 && status != 204 && status != 304 }

    /// How many bytes its body has before any packing; 0 where the status allows none.
    package var bodySize: Int {
        guard hasBody else { return 0 }
        switch filler {
        case .size(let bytes)?: return bytes
        case .gzip(let inflated)?: return inflated
        case nil: return body.utf8.count
        }
    }
}

extension Fault {
    /// The fault with its answer made long enough for its point to be reached.
    ///
    /// For an answer that the script leaves to the receiver: whoever asks for a cut in the third header or after a mebibyte
    /// of the body wants an answer that has them.
    ///
    /// - Parameters:
    ///   - headers: whether header lines may be added.
    ///   - body: whether the body may be replaced by a longer one.
    package func stretched(headers: Bool = true, body: Bool = true) -> Fault {
        var fault = self
        switch at {
        case .header(let number) where headers, .insideHeader(let number) where headers:
            while fault.answer.headerLineCount < number {
                let line = fault.answer.headers.count + 1
                fault.answer.headers.append(ReplyHeader(name: "X-Line-\(line)", value: "one more"))
            }
        // Half of so many is more than enough where the head counts as well.
        case .body(let count) where body, .answer(let count) where body:
            guard answer.hasBody, count >= answer.bodySize else { break }
            fault.answer.body = ""
            fault.answer.filler = .size(2 * count)
        default: break
        }
        return fault
    }

    /// The fault with its wait where it is waited: the answer that follows a slow read is late, not the reading.
    package var settled: Fault {
        guard kind == .slowRead else { return self }
        var fault = self
        (fault.answer.after, fault.answer.spread) = (after, spread)
        (fault.after, fault.spread) = (.zero, nil)
        return fault
    }
}

extension Fault.Kind {
    /// Finds out whether it makes sense at `point`.
    ///
    /// - Throws: `NotationError` with the points that do.
    package func check(_ point: Fault.Point) throws(NotationError) {
        guard !points.contains(where: { $0.isSameSort(as: point) }) else { return }
        let possible = points.map { "`\($0.text)`" }
        throw NotationError(
            message: "`\(rawValue)` cannot happen `\(point.text)`",
            help: possible.count == 1
                ? "it happens \(possible[0])" : "it can happen " + possible.joined(separator: ", ")
        )
    }

    /// Says that it closes the port itself, so that nothing but time can end it.
    package var closesPort: Bool { self == .refuse || self == .blackhole }

    /// Says that it needs TLS.
    package var needsTLS: Bool { happensToHandshake || self == .tlsTruncation }

    /// Says that it needs HTTP/2.
    package var needsHTTP2: Bool { self == .goAway || self == .resetStream }

    /// Says that a number of bytes means something to it.
    package var takesBytes: Bool { [.wrongLength, .garbage, .endless, .slowRead].contains(self) }

    /// Says that a pause means something to it.
    package var takesPause: Bool { [.endless, .slowRead].contains(self) }
}
