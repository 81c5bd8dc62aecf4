/// What can be read out of the beginning of an HTTP/1.1 answer, by a reader that is not the receiver's.
package struct AnswerReading: Sendable, Hashable {
    /// The statuses of the interim answers (1xx) that came before, which everything else leaves out.
    package var interim: [Int] = []
    /// The status, once its line is complete.
    package var status: Int?
    /// How many complete lines of the head there are, the blank one not counted.
    package var lines = 0
    /// What follows the last complete line of a head that is not complete.
    package var rest: [UInt8] = []
    /// Where the interim answers end and the answer begins.
    package var start = 0
    /// Where the status line ends.
    package var statusLineEnd: Int?
    /// Where the head ends, its blank line included.
    package var headEnd: Int?
    /// What `Content-Length` says.
    package var declaredLength: Int?
    /// Says that the body comes in chunks.
    package var isChunked = false
    /// What comes after the head.
    package var body: [UInt8] = []
    /// Says that it begins as an HTTP/1.1 answer does, as far as it goes.
    package var beginsAsHTTP: Bool

    /// Reads as much as there is.
    package init(_ bytes: [UInt8]) {
        let opening = Array("HTTP/1.1 ".utf8)
        beginsAsHTTP = bytes.prefix(opening.count).elementsEqual(opening.prefix(bytes.count))
        var at = 0
        while true {
            guard let end = Self.lineEnd(in: bytes, from: at) else { break }
            let line = bytes[at..<(end - 2)]
            at = end
            if line.isEmpty {
                if let status, (100..<200).contains(status), status != 101 {
                    interim.append(status)
                    (self.status, lines, statusLineEnd, declaredLength, isChunked, start) = (
                        nil, 0, nil, nil, false, at
                    )
                    continue
                }
                headEnd = at
                body = Array(bytes[at...])
                return
            }
            lines += 1
            take(String(decoding: line, as: UTF8.self), end: at)
        }
        rest = Array(bytes[at...])
    }

    private mutating func take(_ line: String, end: Int) {
        if lines == 1 {
            status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) }
            statusLineEnd = end
            return
        }
        let parts = line.split(separator: ":", maxSplits: 1).map { $0.drop { $0 == " " }.lowercased() }
        guard parts.count == 2 else { return }
        if parts[0] == "content-length" { declaredLength = Int(parts[1]) }
        if parts[0] == "transfer-encoding" { isChunked = parts[1].contains("chunked") }
    }

    private static func lineEnd(in bytes: [UInt8], from start: Int) -> Int? {
        var at = start
        while at + 1 < bytes.count {
            if bytes[at] == 13, bytes[at + 1] == 10 { return at + 2 }
            at += 1
        }
        return nil
    }

    /// How many bytes of the body came; `nil` before the head is complete.
    package var bodyCount: Int? { headEnd == nil ? nil : body.count }

    /// What came, in a few words.
    package var text: String {
        if let headEnd {
            let declared = declaredLength.map { " of \($0)" } ?? ""
            return "a head of \(headEnd - start) bytes and \(body.count)\(declared) bytes of body"
        }
        guard lines > 0 || !rest.isEmpty else { return "nothing" }
        return beginsAsHTTP
            ? "\(lines) complete lines of a head and \(rest.count) bytes more" : "\(rest.count) bytes that are not HTTP"
    }

    /// The body as far as its chunks are lawful, and what stands where the next size line should.
    ///
    /// `rest` is `nil` when the chunks go on or end lawfully as far as they came.
    package var chunks: (decoded: Int, malformed: [UInt8]?) {
        var left = body[...]
        var decoded = 0
        while !left.isEmpty {
            guard let size = Self.chunkSize(left) else {
                return (decoded, Self.couldBeSize(left) ? nil : Array(left))
            }
            if size.count == 0 { return (decoded, nil) }
            left = left.dropFirst(size.line)
            guard left.count >= size.count + 2 else { return (decoded + min(left.count, size.count), nil) }
            decoded += size.count
            left = left.dropFirst(size.count + 2)
        }
        return (decoded, nil)
    }

    private static func chunkSize(_ bytes: ArraySlice<UInt8>) -> (count: Int, line: Int)? {
        guard let end = lineEnd(in: Array(bytes.prefix(32)), from: 0) else { return nil }
        let digits = String(decoding: bytes.prefix(end - 2), as: UTF8.self)
        return Int(digits, radix: 16).map { ($0, end) }
    }

    private static func couldBeSize(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count < 16 && String(decoding: bytes, as: UTF8.self).allSatisfy(\.isHexDigit)
    }
}
