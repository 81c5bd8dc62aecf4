/// How sizes are written: a number with a unit, such as `17 bytes`, `1KiB`, `20kB` or `1MiB`.
///
/// `kB`, `MB` and `GB` are powers of 1000, `KiB`, `MiB` and `GiB` powers of 1024 (IEC 80000-13).
package enum SizeNotation {
    /// Reads a size in bytes; one space may stand before the unit.
    ///
    /// - Throws: a ``NotationError`` when the text has no unit, an unknown unit, a sign, is not a whole number of bytes or
    ///   too large to count.
    package static func parse(_ text: String) throws(NotationError) -> Int {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let amount = ExactDecimal(number) else {
            throw NotationError(
                message: "'\(text)' is not a size",
                help: "write a number with a unit, such as `17 bytes`, `1KiB`, `20kB` or `1MiB`"
            )
        }
        var symbol = text[number.endIndex...]
        guard !symbol.isEmpty else {
            throw NotationError(
                message: "the size '\(text)' has no unit",
                help: "write `\(text) bytes` or `\(text)KiB`, for example"
            )
        }
        if symbol.first == " " { symbol = symbol.dropFirst() }
        guard let factor = units.first(where: { $0.symbol == symbol })?.bytes else {
            throw NotationError(message: "'\(symbol)' is not a unit of size", help: help(forUnit: String(symbol)))
        }
        switch amount.times(factor) {
        case .whole(let bytes):
            return bytes
        case .notWhole:
            throw NotationError(message: "'\(text)' is not a whole number of bytes", help: "write it in bytes")
        case .tooLarge:
            throw NotationError(message: "'\(text)' is too large", help: "write a smaller size")
        }
    }

    /// Writes a size in the largest unit in which it is a whole number: `1KiB`, `20kB`, `17 bytes`.
    package static func text(_ bytes: Int) -> String {
        if bytes == 1 { return "1 byte" }
        let fitting = units.filter { $0.bytes > 1 && bytes > 0 && bytes.isMultiple(of: $0.bytes) }
        guard let unit = fitting.max(by: { $0.bytes < $1.bytes }) else { return "\(bytes) bytes" }
        return "\(bytes / unit.bytes)\(unit.symbol)"
    }

    private static let units: [(symbol: String, bytes: Int)] = [
        ("bytes", 1), ("byte", 1), ("B", 1),
        ("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000),
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30),
    ]

    private static func help(forUnit symbol: String) -> String {
        switch symbol.lowercased() {
        case "k", "kb", "kib": "write `kB` for 1000 bytes or `KiB` for 1024"
        case "m", "mb", "mib": "write `MB` for 1000000 bytes or `MiB` for 1048576"
        case "g", "gb", "gib": "write `GB` for 1000000000 bytes or `GiB` for 1073741824"
        default: "the units are bytes, kB, MB, GB, KiB, MiB and GiB"
        }
    }
}
