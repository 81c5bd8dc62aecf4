/// Reads `application/x-www-form-urlencoded` bodies whose names nest by brackets.
enum FormFields {
    /// The values by path: `a[b][c]=1` is `["a", "b", "c"]: "1"`.
    ///
    /// The first of equal names counts.
    static func parse(_ body: [UInt8]) -> [[String]: String] {
        var fields: [[String]: String] = [:]
        for pair in body.split(separator: UInt8(ascii: "&")) {
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let path = path(of: decoded(pair[..<equals]))
            if fields[path] == nil { fields[path] = decoded(pair[pair.index(after: equals)...]) }
        }
        return fields
    }

    private static func path(of name: String) -> [String] {
        guard let open = name.firstIndex(of: "["), name.hasSuffix("]") else { return [name] }
        let inner = name[name.index(after: open)...].dropLast()
        return [String(name[..<open])] + inner.components(splitBy: "][")
    }

    /// Undoes `+` and `%41`.
    ///
    /// A percent sign that begins no escape stays as it is.
    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"):
                result.append(0x20)
            case UInt8(ascii: "%"):
                if let escaped = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), rest.count >= 2 {
                    result.append(escaped)
                    rest = rest.dropFirst(2)
                } else {
                    result.append(byte)
                }
            default:
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension Substring {
    /// The parts between the occurrences of a separator, empty ones included.
    fileprivate func components(splitBy separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map { String($0) }
    }
}
