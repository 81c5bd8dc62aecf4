import Glibc

/// Which IP addresses deliveries may go to, so that nobody reaches the dispatcher's own network through it.
package struct AddressRules: Sendable, Hashable {
    /// The private addresses that may be spoken to all the same, for a network of one's own and for tests on one machine.
    package var exceptions: [AddressBlock]

    /// Makes rules with these exceptions and, when asked, the loopback (127.0.0.0/8 and ::1) among them.
    package init(allowsLoopback: Bool = false, exceptions: [AddressBlock] = []) {
        let loopback = [AddressBlock([127], 8), AddressBlock([UInt8](repeating: 0, count: 15) + [1], 128)]
        self.exceptions = (allowsLoopback ? loopback : []) + exceptions
    }

    /// Says whether an IP address may be spoken to; a text that is none may not.
    package func allows(_ address: String) -> Bool {
        let unscoped = String(address.prefix { $0 != "%" })
        if let bytes = Self.bytes(of: unscoped, family: AF_INET) { return allows(version4: bytes) }
        if let bytes = Self.bytes(of: unscoped, family: AF_INET6) { return allows(version6: bytes) }
        return false
    }

    /// Says whether the host of a URL may be spoken to, as far as its text tells.
    ///
    /// What a name resolves to is looked at when it is connected to.
    package func allowsHost(_ host: String) -> Bool {
        var bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        if bare.contains(":") { return allows(bare) }
        // A dot at the end only says that the name is complete.
        if bare.hasSuffix(".") { bare.removeLast() }
        if Self.isLocalName(bare) { return Self.addressesOfLocalhost.contains(where: allows) }
        // What inet_aton reads, such as 0x7f.1 or 2130706433, the transport reads as an address too.
        var address = [UInt8](repeating: 0, count: 4)
        let isAddress = address.withUnsafeMutableBytes { bytes in
            inet_aton(bare, bytes.baseAddress?.assumingMemoryBound(to: in_addr.self)) != 0
        }
        return isAddress ? allows(version4: address) : true
    }

    /// What `localhost` and the names below it always resolve to (RFC 6761 section 6.3).
    package static let addressesOfLocalhost = ["127.0.0.1", "::1"]

    /// Says that a name is `localhost` or below it.
    package static func isLocalName(_ name: String) -> Bool {
        let name = name.lowercased()
        return name == "localhost" || name.hasSuffix(".localhost")
    }

    /// Says that a host is an IP address and no name.
    package static func isAddress(_ host: String) -> Bool {
        bytes(of: host, family: AF_INET) != nil || bytes(of: host, family: AF_INET6) != nil
    }

    private static func bytes(of text: String, family: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: family == AF_INET ? 4 : 16)
        return inet_pton(family, text, &bytes) == 1 ? bytes : nil
    }

    private func allows(version4 address: [UInt8]) -> Bool {
        if exceptions.contains(where: { $0.isVersion4 && $0.covers(address) }) { return true }
        return !Self.specialVersion4.contains { $0.covers(address) }
    }

    private func allows(version6 address: [UInt8]) -> Bool {
        if exceptions.contains(where: { !$0.isVersion4 && $0.covers(address) }) { return true }
        if address == [UInt8](repeating: 0, count: 15) + [1] { return false }
        // Forms that carry an IPv4 address are as good or bad as that one.
        if let offset = Self.embeddings.first(where: { $0.network.covers(address) })?.offset {
            return allows(version4: Array(address[offset..<offset + 4]))
        }
        return !Self.specialVersion6.contains { $0.covers(address) }
    }

    /// What the IANA registry of IPv4 special-purpose addresses calls not globally reachable, and multicast.
    private static let specialVersion4: [Network] = [
        Network([0], 8), Network([10], 8), Network([127], 8), Network([100, 64], 10), Network([169, 254], 16),
        Network([172, 16], 12),
        Network([192, 0, 0], 24), Network([192, 0, 2], 24), Network([192, 88, 99], 24), Network([192, 168], 16),
        Network([198, 18], 15), Network([198, 51, 100], 24), Network([203, 0, 113], 24), Network([224], 4),
        Network([240], 4),
    ]

    /// The same for IPv6: discard-only, Teredo, documentation, unique local, link-local, site-local, multicast.
    private static let specialVersion6: [Network] = [
        Network([0x01], 64), Network([0, 0x64, 0xFF, 0x9B, 0, 1], 48),
        Network([0x20, 0x01, 0, 0], 23), Network([0x20, 0x01, 0x0D, 0xB8], 32), Network([0x3F, 0xFF, 0], 20),
        Network([0x5F, 0], 16), Network([0xFC], 7), Network([0xFE, 0x80], 10), Network([0xFE, 0xC0], 10),
        Network([0xFF], 8),
    ]

    /// IPv4-mapped, IPv4-compatible (where it is not `::` or `::1`), NAT64 and 6to4 addresses.
    private static let embeddings: [(network: Network, offset: Int)] = [
        (Network([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], 96), 12), (Network([], 96), 12),
        (Network([0, 0x64, 0xFF, 0x9B], 96), 12), (Network([0x20, 0x02], 16), 2),
    ]
}

/// A block of addresses that somebody wrote down, such as `10.1.0.0/16`.
package struct AddressBlock: Sendable, Hashable {
    private let network: Network
    fileprivate let isVersion4: Bool

    fileprivate init(_ bytes: [UInt8], _ length: Int) {
        network = Network(bytes, length)
        isVersion4 = bytes.count <= 4
    }

    /// Reads an address, a slash and how many of its bits count; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let length = Int(parts[1]) else { return nil }
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] where (0...count * 8).contains(length) {
            var bytes = [UInt8](repeating: 0, count: count)
            guard inet_pton(family, String(parts[0]), &bytes) == 1 else { continue }
            self.init(bytes, length)
            return
        }
        return nil
    }

    fileprivate func covers(_ address: [UInt8]) -> Bool { network.covers(address) }
}

/// A block of addresses.
private struct Network: Sendable, Hashable {
    let prefix: [UInt8]
    let length: Int

    /// The first bytes of the block (the rest is zero) and how many bits of it count.
    init(_ prefix: [UInt8], _ length: Int) {
        self.prefix = prefix
        self.length = length
    }

    func covers(_ address: [UInt8]) -> Bool {
        (0..<length).allSatisfy { bit in
            let mask = UInt8(0x80) >> UInt8(bit % 8)
            let mine = bit / 8 < prefix.count ? prefix[bit / 8] : 0
            return address[bit / 8] & mask == mine & mask
        }
    }
}
