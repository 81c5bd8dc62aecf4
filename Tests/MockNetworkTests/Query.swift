import MockNetwork

/// Makes queries of DNS as a client does.
enum Query {
    static func bytes(_ name: String, type: UInt16 = NameQuestion.version4, id: UInt16 = 7) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(id >> 8), UInt8(id & 0xFF), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
        for label in name.split(separator: ".") { bytes += [UInt8(label.utf8.count)] + Array(label.utf8) }
        return bytes + [0, UInt8(type >> 8), UInt8(type & 0xFF), 0, 1]
    }

    /// The last four bits of an answer's flags.
    static func code(of reply: [UInt8]?) -> UInt8? { reply.map { $0[3] & 0x0F } }

    /// The address at the end of an answer that has one.
    static func address(in reply: [UInt8]?, length: Int = 4) -> [UInt8]? {
        guard let reply, reply[7] == 1 else { return nil }
        return Array(reply.suffix(length))
    }
}
