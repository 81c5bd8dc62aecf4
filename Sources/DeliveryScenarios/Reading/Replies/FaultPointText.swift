package import Notation

extension Fault.Point {
    /// The largest number of bytes a point can name: 1024 GiB, which only keeps out what nobody waits for.
    static let mostBytes = 1 << 40
    /// The last header line a point can name.
    static let mostHeaders = 1000

    /// Reads a point as a script says it, such as `after 17 bytes of the body`.
    ///
    /// Everything that ``text`` writes is read back. Articles may be left out, and other natural words for the same point
    /// are understood: `inside the status line`, `after 1 KiB of the request`, `before the body`.
    ///
    /// - Throws: `NotationError` with what may stand there.
    package init(parsing text: String) throws(NotationError) {
        let articles: Set<Substring> = ["the", "a", "an", "whole"]
        let words = text.split(separator: " ").filter { !articles.contains($0) }
        let phrase = words.joined(separator: " ")
        if let point = Self.fixed[phrase] {
            self = point
        } else if let header = try Self.header(words) {
            self = header
        } else if let bytes = try Self.bytes(words, in: text) {
            self = bytes
        } else {
            let known = [
                "at accept", "after head", "after 100 bytes of the request", "after request", "inside status line",
                "after header 2", "inside header 2", "before body", "inside body", "after 17 bytes of the body",
                "after 17 bytes", "at end",
            ]
            throw NotationError(
                message: "'\(text)' is not a point of the exchange",
                help: Suggestion.help(for: text, among: known, kind: "points")
            )
        }
    }

    /// The points without a number, under every name.
    private static let fixed: [String: Self] = [
        "at accept": .accept, "on accept": .accept, "after accept": .accept, "accept": .accept,
        "in handshake": .handshake, "in TLS handshake": .handshake, "during handshake": .handshake,
        "at handshake": .handshake,
        "after head": .head, "after request head": .head, "after head of request": .head,
        "before request body": .head, "before body of request": .head,
        "after request": .request, "before answer": .request, "before status line": .request,
        "inside status line": .statusLine, "in status line": .statusLine, "inside status": .statusLine,
        "before body": .answerHead, "after headers": .answerHead, "after answer head": .answerHead,
        "after head of answer": .answerHead, "before body of answer": .answerHead,
        "inside body": .insideBody, "in body": .insideBody, "inside answer": .insideBody,
        "in middle of body": .insideBody, "inside body of answer": .insideBody,
        "at end": .end, "after answer": .end, "after end": .end, "after body": .end,
    ]

    /// Reads `after header 2`, `inside header 3`.
    private static func header(_ words: [Substring]) throws(NotationError) -> Self? {
        guard words.count >= 3, words[1] == "header" || words[1] == "headers" else { return nil }
        let rest = words.dropFirst(words[2] == "line" ? 3 : 2)
        guard rest.count == 1, let digits = rest.first, let number = Int(digits) else { return nil }
        guard (1...mostHeaders).contains(number) else {
            throw NotationError(
                message: "there is no header \(number)",
                help: "the header lines of an answer count from 1 to at most \(mostHeaders)"
            )
        }
        switch words[0] {
        case "after": return .header(number)
        case "inside", "in": return .insideHeader(number)
        default: return nil
        }
    }

    /// Reads `after 17 bytes`, with `of body` or `of request` behind it or without.
    private static func bytes(_ words: [Substring], in text: String) throws(NotationError) -> Self? {
        guard words.count >= 2, words[0] == "after", words[1].first?.isNumber == true else { return nil }
        let cut = words.firstIndex(of: "of") ?? words.count
        let count = try SizeNotation.parse(words[1..<cut].joined(separator: " "))
        guard count <= mostBytes else {
            throw NotationError(message: "'\(text)' lies further than \(SizeNotation.text(mostBytes))", help: nil)
        }
        switch words[cut...].joined(separator: " ") {
        case "", "of answer", "of response": return .answer(count)
        case "of body", "of answer body", "of response body", "of body of answer": return .body(count)
        case "of request", "of request body", "of body of request": return .requestBody(count)
        default: return nil
        }
    }
}
