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
        if body.starts(with: [0xEF, 0xBB, 0xBF]) { add("without its byte order mark", Array(body.dropFirst(3))) }
        guard body.count <= largestParsed, let tree = JSONTree(parsing: body) else { return found }
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
}
