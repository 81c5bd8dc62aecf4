/// An IPv4 or IPv6 address.
package struct IPAddress: Sendable, Hashable {
    /// 4 or 16 bytes, the first one first.
    package let bytes: [UInt8]

    /// Reads `127.0.0.1` or `::1`, in the forms of RFC 4291 section 2.2; `nil` for anything else.
    package init?(_ text: String) {
        guard let bytes = text.contains(":") ? Self.version6(text) : Self.version4(text) else { return nil }
        self.bytes = bytes
    }

    package var isVersion6: Bool { bytes.count == 16 }

    private static func version4(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            let isDigits = part.utf8.allSatisfy { (0x30...0x39).contains($0) }
            guard isDigits, part.utf8.count <= 3, part.utf8.count == 1 || !part.hasPrefix("0"), let byte = UInt8(part)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func version6(_ text: String) -> [UInt8]? {
        guard text.utf8.count <= 45 else { return nil }
        guard let gap = text.firstRange(of: "::") else {
            return groups(text, most: 16).flatMap { $0.count == 16 ? $0 : nil }
        }
        let head = text[..<gap.lowerBound]
        let tail = text[gap.upperBound...]
        guard let before = head.isEmpty ? [] : groups(head, most: 14, mayEmbed: false),
            let after = tail.isEmpty ? [] : groups(tail, most: 14), before.count + after.count <= 14
        else { return nil }
        return before + [UInt8](repeating: 0, count: 16 - before.count - after.count) + after
    }

    /// Reads groups of hex digits between colons; the last one may be an IPv4 address.
    private static func groups(_ text: some StringProtocol, most: Int, mayEmbed: Bool = true) -> [UInt8]? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var bytes: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if mayEmbed, index == parts.count - 1, part.contains("."), let embedded = version4(part) {
                bytes += embedded
                continue
            }
            guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(isHex), let group = UInt16(part, radix: 16)
            else { return nil }
            bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
        }
        return bytes.count <= most ? bytes : nil
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }
}

/// A block of addresses, such as `127.0.0.0/8`.
package struct AddressBlock: Sendable, Hashable, CustomStringConvertible {
    package let first: IPAddress
    /// How many bits of `first` count.
    package let length: Int
    /// The block as it was written.
    package let description: String

    /// Reads an address, a slash and a number of bits; `nil` for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = IPAddress(String(parts[0])), let length = Int(parts[1]),
            (0...first.bytes.count * 8).contains(length)
        else { return nil }
        self.first = first
        self.length = length
        description = text
    }

    /// Says whether an address of the same family is in the block.
    package func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == first.bytes.count else { return false }
        return (0..<length).allSatisfy { bit in
            let mask = UInt8(0x80) >> UInt8(bit % 8)
            return address.bytes[bit / 8] & mask == first.bytes[bit / 8] & mask
        }
    }
}

extension IPAddress: CustomStringConvertible {
    /// The address as text; IPv6 with its longest run of zeros left out (RFC 5952), without embedded IPv4.
    package var description: String {
        guard isVersion6 else { return bytes.map { String($0) }.joined(separator: ".") }
        let groups = (0..<8).map { UInt16(bytes[$0 * 2]) << 8 | UInt16(bytes[$0 * 2 + 1]) }
        var longest = 0..<0
        var run = 0..<0
        for (index, group) in groups.enumerated() {
            run = group == 0 ? (run.upperBound == index && !run.isEmpty ? run.lowerBound : index)..<index + 1 : 0..<0
            if run.count > longest.count { longest = run }
        }
        let texts = groups.map { String($0, radix: 16) }
        guard longest.count > 1 else { return texts.joined(separator: ":") }
        let head = texts[..<longest.lowerBound].joined(separator: ":")
        return head + "::" + texts[longest.upperBound...].joined(separator: ":")
    }
}
