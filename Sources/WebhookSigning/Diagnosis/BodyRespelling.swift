/// Other ways in which a program might have written the same body, found by parsing and writing it again.
enum BodyRespelling {
    /// Larger bodies, in bytes, are not parsed: two dozen spellings of a megabyte would hold a report up for seconds.
    private static let largestParsed = 256 * 1024

    /// The alternatives, each with words that complete "over the body …"; none equals the body.
    static func alternatives(to body: [UInt8]) -> [(name: String, bytes: [UInt8])] {
        var found: [(name: String, bytes: [UInt8])] = []
        func add(_ name: String, _ bytes: [UInt8]) {
            if bytes != body, !found.contains(where: { $0.bytes == bytes }) { found.append((name, bytes)) }
        }
        let lineFeed = UInt8(ascii: "\n")
        if body.last == lineFeed {
            add("without its trailing newline", body.dropLast(body.dropLast().last == UInt8(ascii: "\r") ? 2 : 1))
        }
        add("with a trailing newline", body + [lineFeed])
        add("with CR LF at its end", body + [UInt8(ascii: "\r"), lineFeed])
        if body.starts(with: [0xEF, 0xBB, 0xBF]) { add("without its byte order mark", Array(body.dropFirst(3))) }
        if body.contains(lineFeed) { add("with CR LF in place of LF", withCarriageReturns(body)) }
        if let decoded = formDecoded(body) { add("after percent-decoding", decoded) }
        add("left empty", [])
        guard body.count <= largestParsed, let tree = JSONTree(parsing: body) else { return found }
        if let text = JSONTree.quoted(body) { add("written once more as a JSON string", text) }
        for isSorted in [false, true] {
            for spelling in JSONTree.StringSpelling.allCases {
                for spacing in JSONTree.Spacing.allCases {
                    let keys = isSorted ? " with sorted keys" : ""
                    let name = "re-serialised as \(spacing.rawValue) JSON\(keys)\(spelling.rawValue)"
                    add(name, tree.written(spacing, spelling, sortedKeys: isSorted))
                }
            }
        }
        return found
    }

    private static func withCarriageReturns(_ body: [UInt8]) -> [UInt8] {
        var written: [UInt8] = []
        written.reserveCapacity(body.count + 16)
        for byte in body {
            if byte == UInt8(ascii: "\n"), written.last != UInt8(ascii: "\r") { written.append(UInt8(ascii: "\r")) }
            written.append(byte)
        }
        return written
    }

    /// The body as a form's decoder reads it (`application/x-www-form-urlencoded`); `nil` when there is nothing to decode.
    private static func formDecoded(_ body: [UInt8]) -> [UInt8]? {
        guard body.count <= largestParsed, body.contains(UInt8(ascii: "%")) else { return nil }
        var decoded: [UInt8] = []
        var index = 0
        while index < body.count {
            switch body[index] {
            case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = String(decoding: body[(index + 1)...].prefix(2), as: UTF8.self)
                guard digits.utf8.count == 2, let byte = UInt8(digits, radix: 16) else { return nil }
                decoded.append(byte)
                index += 2
            default: decoded.append(body[index])
            }
            index += 1
        }
        return decoded
    }
}
