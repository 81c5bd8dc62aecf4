package import DeliveryScenarios

/// The bytes of an answer of DNS.
package enum NameReply {
    /// How an answer ends (RFC 1035 section 4.1.1).
    package enum Code: UInt16, Sendable {
        case ok = 0
        case serverFailure = 2
        case notFound = 3
    }

    /// Answers a question with these addresses, all of the type asked for.
    ///
    /// Nobody may keep them: their time to live is 0.
    package static func bytes(to question: NameQuestion, _ code: Code, _ addresses: [IPAddress] = []) -> [UInt8] {
        // A response with authority, and recursion available so that no client looks for a better server.
        let flags: UInt16 = 0x8480 | (question.wantsRecursion ? 0x0100 : 0) | code.rawValue
        var bytes = word(question.id) + word(flags) + word(1) + word(UInt16(addresses.count)) + word(0) + word(0)
        bytes += question.bytes
        for address in addresses {
            // The name is the question's, which begins behind the head of 12 bytes.
            bytes += [0xC0, 12] + word(question.type) + word(1) + [0, 0, 0, 0] + word(UInt16(address.bytes.count))
            bytes += address.bytes
        }
        return bytes
    }

    private static func word(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }
}
