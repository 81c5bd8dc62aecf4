/// A query of DNS for the addresses of one name, and what an answer to it says (RFC 1035 section 4).
package struct NameQuery: Sendable, Hashable {
    /// Which addresses are asked for.
    package enum Family: UInt16, Sendable, CaseIterable {
        /// The records A.
        case version4 = 1
        /// The records AAAA (RFC 3596).
        case version6 = 28

        fileprivate var length: Int { self == .version4 ? 4 : 16 }
    }

    /// What an answer says.
    package enum Answer: Sendable, Hashable {
        /// The addresses, each of 4 or 16 bytes; none when the name has no record of the family.
        case addresses([[UInt8]])
        /// There is no such name.
        case notFound
        /// The server could not say; the number is its own (RFC 1035 section 4.1.1).
        case failure(Int)
    }

    /// The name.
    package let name: String
    /// Which addresses are asked for.
    package let family: Family
    /// The number by which the answer is known.
    package let id: UInt16

    private static let headerLength = 12
    /// An answer of more records than this is none of a sane server.
    private static let mostRecords = 256

    /// Makes a query; nil when the text cannot be the name of a host.
    package init?(_ name: String, _ family: Family, id: UInt16) {
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard name.utf8.count <= 253, labels.allSatisfy({ (1...63).contains($0.utf8.count) }) else { return nil }
        self.name = name
        self.family = family
        self.id = id
    }

    /// The query as it is sent; recursion is wanted.
    package var bytes: [UInt8] {
        var bytes = Self.word(id) + [1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
        for label in name.split(separator: ".") { bytes += [UInt8(label.utf8.count)] + Array(label.utf8) }
        return bytes + [0] + Self.word(family.rawValue) + Self.word(1)
    }

    /// Reads an answer; nil when it is none to this query.
    ///
    /// Every address in it counts, whatever names stand between: servers follow aliases themselves.
    package func answer(_ message: [UInt8]) -> Answer? {
        let question = bytes[Self.headerLength...]
        guard message.count >= bytes.count, Self.word(message, 0) == id, message[2] & 0x80 != 0,
            Self.word(message, 4) == 1,
            // Letters may come back in another case.
            Self.lowered(message[Self.headerLength..<bytes.count]) == Self.lowered(question)
        else { return nil }
        switch message[3] & 0x0F {
        case 0: break
        case 3: return .notFound
        case let code: return .failure(Int(code))
        }
        var place = bytes.count
        var addresses: [[UInt8]] = []
        for _ in 0..<min(Int(Self.word(message, 6)), Self.mostRecords) {
            guard let end = Self.endOfName(in: message, at: place), end + 10 <= message.count else { break }
            let length = Int(Self.word(message, end + 8))
            let data = end + 10
            guard data + length <= message.count else { break }
            if Self.word(message, end) == family.rawValue, length == family.length {
                addresses.append(Array(message[data..<data + length]))
            }
            place = data + length
        }
        return .addresses(addresses)
    }

    /// Where what follows a name begins; the name may end with a pointer to another place.
    private static func endOfName(in message: [UInt8], at start: Int) -> Int? {
        var place = start
        while place < message.count {
            let count = Int(message[place])
            switch count {
            case 0: return place + 1
            case 1...63: place += count + 1
            case 0xC0...0xFF: return place + 2
            default: return nil
            }
        }
        return nil
    }

    private static func lowered(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }

    private static func word(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }

    private static func word(_ bytes: [UInt8], _ place: Int) -> UInt16 {
        UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1])
    }
}
