/// Reads the host that a client names out of the first bytes of a TLS connection (RFC 8446 section 4.1.2, RFC 6066
/// section 3).
///
/// The bytes come from anywhere: what is not a ClientHello, or too large for one, has no name.
struct ClientHello {
    /// A ClientHello with post-quantum shares and a ticket has some 2 KiB; more than this is not looked at.
    static let limit = 16 * 1024

    private static let handshakeRecord: UInt8 = 22
    private static let clientHello: UInt8 = 1

    /// The host it names, in printable ASCII; `nil` when it names none, or not yet.
    private(set) var serverName: String?
    /// Says that nothing more is to be learned.
    private(set) var isOver = false
    private var bytes: [UInt8] = []
    /// How many bytes there must be before it is worth to look again.
    private var needed = 5

    /// Takes bytes as they came from the network.
    mutating func see(_ more: some Collection<UInt8>) {
        guard !isOver else { return }
        bytes += more.prefix(Self.limit - bytes.count)
        guard bytes.count >= min(needed, Self.limit) else { return }
        if let message = message() {
            serverName = Self.serverName(in: message)
            finish()
        } else if bytes.count >= Self.limit {
            finish()
        }
    }

    private mutating func finish() {
        isOver = true
        bytes = []
    }

    /// The handshake message, put together from its records; `nil` while it is not complete.
    private mutating func message() -> [UInt8]? {
        var rest = ByteReader(bytes[...])
        var message: [UInt8] = []
        while let type = rest.byte() {
            guard type == Self.handshakeRecord else {
                finish()
                return nil
            }
            let start = bytes.count - rest.rest.count - 1
            needed = start + 5
            guard rest.skip(2), let length = rest.number(2) else { return nil }
            needed += length
            guard rest.rest.count >= length else { return nil }
            message += rest.available(length)
            needed += 5
            guard message.count >= 4 else { continue }
            guard message[0] == Self.clientHello else {
                finish()
                return nil
            }
            let count = message[1..<4].reduce(0) { $0 << 8 | Int($1) }
            if message.count >= 4 + count { return Array(message[4..<(4 + count)]) }
        }
        return nil
    }

    private static func serverName(in message: [UInt8]) -> String? {
        var hello = ByteReader(message[...])
        // The version and the random number, the session, the ciphers, the compressions.
        guard hello.skip(34), hello.vector(1) != nil, hello.vector(2) != nil, hello.vector(1) != nil,
            var extensions = hello.vector(2)
        else { return nil }
        while let type = extensions.number(2), let content = extensions.vector(2) {
            guard type == 0 else { continue }
            var list = content
            guard var names = list.vector(2), names.byte() == 0, let name = names.vector(2) else { return nil }
            let isHost = !name.rest.isEmpty && name.rest.allSatisfy { (0x21...0x7E).contains($0) }
            return isHost ? String(decoding: name.rest, as: UTF8.self) : nil
        }
        return nil
    }
}

/// Takes numbers and vectors of bytes off the front of what is left, and never more than there is.
private struct ByteReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    mutating func byte() -> UInt8? { rest.popFirst() }

    mutating func skip(_ count: Int) -> Bool {
        guard rest.count >= count else { return false }
        rest = rest.dropFirst(count)
        return true
    }

    /// As many of so many bytes as there are.
    mutating func available(_ count: Int) -> ArraySlice<UInt8> {
        let part = rest.prefix(count)
        rest = rest.dropFirst(count)
        return part
    }

    /// A number of so many bytes, the first the most significant.
    mutating func number(_ count: Int) -> Int? {
        guard rest.count >= count else { return nil }
        return available(count).reduce(0) { $0 << 8 | Int($1) }
    }

    /// Bytes behind a length of so many bytes.
    mutating func vector(_ count: Int) -> ByteReader? {
        guard let length = number(count), rest.count >= length else { return nil }
        return ByteReader(available(length))
    }
}
