/// The question of a DNS query (RFC 1035 section 4), read from whatever bytes came.
package struct NameQuestion: Sendable, Hashable {
    /// The query's number, which its answer repeats.
    package let id: UInt16
    /// The name, its labels joined by dots, in the letters in which it was asked for.
    package let name: String
    /// The type of the records asked for, such as 1 for A.
    package let type: UInt16
    /// Says that the query wants the server to ask others where it has to.
    let wantsRecursion: Bool
    /// The question's own bytes, which the answer repeats.
    let bytes: [UInt8]

    /// The type of IPv4 addresses.
    package static let version4: UInt16 = 1
    /// The type of IPv6 addresses (RFC 3596).
    package static let version6: UInt16 = 28

    private static let headerLength = 12
    /// The class of the internet.
    private static let internet: UInt16 = 1

    /// Reads a query; `nil` for anything but one plain question.
    ///
    /// What follows the question, such as the options of RFC 6891, is left aside.
    package init?(_ message: [UInt8]) {
        guard message.count >= Self.headerLength, message.count <= 65535 else { return nil }
        let flags = Self.word(message, 2)
        // A query, of the kind that everybody sends, with one question.
        guard flags & 0x8000 == 0, flags & 0x7800 == 0, Self.word(message, 4) == 1 else { return nil }
        var place = Self.headerLength
        var labels: [String] = []
        var length = 0
        while true {
            guard place < message.count else { return nil }
            let count = Int(message[place])
            place += 1
            if count == 0 { break }
            length += count + 1
            // A longer label would be a pointer, of which a question has none.
            guard count <= 63, length <= 254, place + count <= message.count else { return nil }
            labels.append(String(decoding: message[place..<place + count], as: UTF8.self))
            place += count
        }
        guard place + 4 <= message.count, Self.word(message, place + 2) == Self.internet else { return nil }
        id = Self.word(message, 0)
        name = labels.joined(separator: ".")
        type = Self.word(message, place)
        wantsRecursion = flags & 0x0100 != 0
        bytes = Array(message[Self.headerLength..<place + 4])
    }

    /// What the type is called in records, by RFC 3597 where it has no name here.
    package var typeName: String {
        switch type {
        case Self.version4: "A"
        case Self.version6: "AAAA"
        default: "TYPE\(type)"
        }
    }

    private static func word(_ bytes: [UInt8], _ place: Int) -> UInt16 {
        UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1])
    }
}
