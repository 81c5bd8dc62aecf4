/// A JSON text taken apart just far enough to be written with other spaces, key order and escapes.
///
/// Numbers and literals stay as they were written: a diagnosis must not change what it cannot see.
struct JSONTree {
    /// The spaces between tokens.
    enum Spacing: String, CaseIterable {
        /// None, as JavaScript's JSON.stringify writes.
        case compact
        /// One after each colon and comma, as Python's json.dumps writes.
        case spaced
        /// A line a member, two spaces a level.
        case indented
    }

    /// How strings are written; the raw values end the alternative's name.
    enum StringSpelling: String, CaseIterable {
        /// Escapes only where JSON demands them.
        case plain = ""
        /// Everything beyond ASCII as `\uXXXX`.
        case asciiOnly = " with non-ASCII characters escaped"
        /// Also `<`, `>`, `&`, U+2028 and U+2029, as Rails and Go write.
        case forHTML = " with <, >, & and U+2028/9 escaped"
        /// Also the slash, as PHP writes.
        case slashes = " with slashes and non-ASCII characters escaped"
    }

    indirect enum Node {
        case scalar([UInt8])
        case string(String)
        case array([Node])
        case object([(key: String, value: Node)])
    }

    private let root: Node

    /// Nil when the bytes are not JSON, or nested deeper than 128 levels.
    init?(parsing bytes: [UInt8]) {
        var reader = Reader(bytes: bytes)
        guard let node = reader.node(depth: 0), reader.isAtEnd() else { return nil }
        root = node
    }

    /// The text in another spelling.
    func written(_ spacing: Spacing, _ spelling: StringSpelling, sortedKeys: Bool) -> [UInt8] {
        var writer = Writer(spacing: spacing, spelling: spelling, sortedKeys: sortedKeys)
        writer.write(root, depth: 0)
        return writer.output
    }

    /// A text as a JSON string; `nil` when it is not UTF-8.
    static func quoted(_ text: [UInt8]) -> [UInt8]? {
        guard let text = String(validating: text, as: UTF8.self) else { return nil }
        var writer = Writer(spacing: .compact, spelling: .plain, sortedKeys: false)
        writer.write(.string(text), depth: 0)
        return writer.output
    }

    private struct Writer {
        let spacing: Spacing
        let spelling: StringSpelling
        let sortedKeys: Bool
        var output: [UInt8] = []

        mutating func write(_ node: Node, depth: Int) {
            switch node {
            case .scalar(let bytes): output += bytes
            case .string(let text): write(text)
            case .array(let items):
                list("[", "]", items, depth: depth) { writer, item in writer.write(item, depth: depth + 1) }
            case .object(let members):
                let ordered = sortedKeys ? members.sorted { $0.key < $1.key } : members
                list("{", "}", ordered, depth: depth) { writer, member in
                    writer.write(member.key)
                    writer.output += Array((writer.spacing == .compact ? ":" : ": ").utf8)
                    writer.write(member.value, depth: depth + 1)
                }
            }
        }

        private mutating func list<Element>(
            _ opening: Unicode.Scalar,
            _ closing: Unicode.Scalar,
            _ elements: [Element],
            depth: Int,
            _ writeElement: (inout Writer, Element) -> Void
        ) {
            output.append(UInt8(ascii: opening))
            for (index, element) in elements.enumerated() {
                if index > 0 { output += Array((spacing == .spaced ? ", " : ",").utf8) }
                breakLine(depth: depth + 1)
                writeElement(&self, element)
            }
            if !elements.isEmpty { breakLine(depth: depth) }
            output.append(UInt8(ascii: closing))
        }

        private mutating func breakLine(depth: Int) {
            guard spacing == .indented else { return }
            output.append(UInt8(ascii: "\n"))
            output += repeatElement(UInt8(ascii: " "), count: depth * 2)
        }

        private mutating func write(_ text: String) {
            output.append(UInt8(ascii: "\""))
            for scalar in text.unicodeScalars {
                if let short = shortEscape(scalar) {
                    output += Array("\\\(short)".utf8)
                } else if needsEscape(scalar) {
                    for unit in String(scalar).utf16 {
                        let digits = String(unit, radix: 16)
                        output += Array("\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
                    }
                } else {
                    output += Array(String(scalar).utf8)
                }
            }
            output.append(UInt8(ascii: "\""))
        }

        private func shortEscape(_ scalar: Unicode.Scalar) -> Character? {
            switch scalar {
            case "\"": "\""
            case "\\": "\\"
            case "\u{8}": "b"
            case "\u{C}": "f"
            case "\n": "n"
            case "\r": "r"
            case "\t": "t"
            case "/" where spelling == .slashes: "/"
            default: nil
            }
        }

        private func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
            if scalar.value < 0x20 { return true }
            return switch spelling {
            case .plain: false
            case .asciiOnly, .slashes: scalar.value > 0x7E
            case .forHTML: ["<", ">", "&", "\u{2028}", "\u{2029}"].contains(scalar)
            }
        }
    }
}
