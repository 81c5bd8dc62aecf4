extension JSONTree {
    /// Takes JSON text apart; lenient about how numbers look, since they are never changed.
    struct Reader {
        let bytes: [UInt8]
        var index = 0

        mutating func node(depth: Int) -> Node? {
            guard depth < 128, let first = next() else { return nil }
            switch first {
            case UInt8(ascii: "{"): return object(depth: depth)
            case UInt8(ascii: "["): return array(depth: depth)
            case UInt8(ascii: "\""): return string().map { .string($0) }
            default: return scalar()
            }
        }

        mutating func isAtEnd() -> Bool { next() == nil }

        /// The next byte that is not white space, without taking it.
        private mutating func next() -> UInt8? {
            while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
            return index < bytes.count ? bytes[index] : nil
        }

        private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
            guard next() == UInt8(ascii: scalar) else { return false }
            index += 1
            return true
        }

        private mutating func object(depth: Int) -> Node? {
            index += 1
            var members: [(key: String, value: Node)] = []
            if take("}") { return .object([]) }
            repeat {
                guard next() == UInt8(ascii: "\""), let key = string(), take(":") else { return nil }
                guard let value = node(depth: depth + 1) else { return nil }
                members.append((key, value))
            } while take(",")
            return take("}") ? .object(members) : nil
        }

        private mutating func array(depth: Int) -> Node? {
            index += 1
            var items: [Node] = []
            if take("]") { return .array([]) }
            repeat {
                guard let item = node(depth: depth + 1) else { return nil }
                items.append(item)
            } while take(",")
            return take("]") ? .array(items) : nil
        }

        private mutating func scalar() -> Node? {
            let start = index
            while index < bytes.count, isScalarByte(bytes[index]) { index += 1 }
            return index > start ? .scalar(Array(bytes[start..<index])) : nil
        }

        private func isScalarByte(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
            default: [UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "E")].contains(byte)
            }
        }

        private mutating func string() -> String? {
            index += 1
            var units: [UInt8] = []
            while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                guard bytes[index] == UInt8(ascii: "\\") else {
                    units.append(bytes[index])
                    index += 1
                    continue
                }
                guard let text = escape() else { return nil }
                units += Array(text.utf8)
            }
            guard index < bytes.count else { return nil }
            index += 1
            return String(validating: units, as: UTF8.self)
        }

        private mutating func escape() -> String? {
            index += 2
            guard index <= bytes.count else { return nil }
            switch bytes[index - 1] {
            case UInt8(ascii: "b"): return "\u{8}"
            case UInt8(ascii: "f"): return "\u{C}"
            case UInt8(ascii: "n"): return "\n"
            case UInt8(ascii: "r"): return "\r"
            case UInt8(ascii: "t"): return "\t"
            case UInt8(ascii: "u"): return unicodeEscape()
            default:
                let scalar = Unicode.Scalar(bytes[index - 1])
                return scalar == "\"" || scalar == "\\" || scalar == "/" ? String(scalar) : nil
            }
        }

        private mutating func unicodeEscape() -> String? {
            guard let first = unit() else { return nil }
            guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first).map(String.init) }
            guard bytes[index...].starts(with: Array("\\u".utf8)) else { return nil }
            index += 2
            guard let second = unit(), UTF16.isTrailSurrogate(second) else { return nil }
            return String(decoding: [first, second], as: UTF16.self)
        }

        private mutating func unit() -> UInt16? {
            guard index + 4 <= bytes.count else { return nil }
            let digits = String(decoding: bytes[index..<index + 4], as: UTF8.self)
            index += 4
            return UInt16(digits, radix: 16)
        }
    }
}
