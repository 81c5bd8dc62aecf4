/// Puts what was said together again: a host that stalls makes TCP send bytes twice.
extension [CapturedPacket] {
    /// What clients said to this port, one connection after the other.
    func said(to port: UInt16) -> [UInt8] {
        var clients: [UInt16] = []
        for packet in self where packet.destination == port && !clients.contains(packet.source) {
            clients.append(packet.source)
        }
        return clients.flatMap { client in
            filter { $0.source == client && $0.destination == port }.inOrder
        }
    }

    /// The bytes of one direction of one connection, each once.
    private var inOrder: [UInt8] {
        guard let begin = first(where: { $0.flags.contains(.syn) })?.sequence else { return [] }
        var bytes: [UInt8] = []
        let pieces = map { (at: Int($0.sequence &- begin) - 1, bytes: $0.payload) }.filter { !$0.bytes.isEmpty }
        for piece in pieces.sorted(by: { $0.at < $1.at }) where piece.at <= bytes.count {
            bytes.append(contentsOf: piece.bytes.dropFirst(bytes.count - piece.at))
        }
        return bytes
    }
}

extension [UInt8] {
    /// The bytes as text.
    var text: String { String(decoding: self, as: UTF8.self) }
}
