extension StringProtocol {
    /// The text without spaces at both ends; other white space stays, since no notation allows it.
    var trimmingSpaces: SubSequence {
        var rest = self[...]
        while rest.first == " " { rest = rest.dropFirst() }
        while rest.last == " " { rest = rest.dropLast() }
        return rest
    }
}

extension String {
    /// Where a short text first occurs, compared byte by byte.
    func firstRange(ofText wanted: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            let rest = utf8[start...]
            if rest.starts(with: wanted.utf8) { return start..<utf8.index(start, offsetBy: wanted.utf8.count) }
            start = utf8.index(after: start)
        }
        return nil
    }
}
