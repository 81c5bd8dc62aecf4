import Foundation

/// A TCP packet as a capture file has it.
struct CapturedPacket: Hashable {
    struct Flags: OptionSet, Hashable {
        let rawValue: UInt8
        static let fin = Flags(rawValue: 1)
        static let syn = Flags(rawValue: 2)
        static let rst = Flags(rawValue: 4)
        static let ack = Flags(rawValue: 16)
    }

    var seconds: UInt32
    var nanoseconds: UInt32
    var ipVersion: UInt8
    var source: UInt16
    var destination: UInt16
    var sequence: UInt32
    var flags: Flags
    var payload: [UInt8]

    var text: String { payload.text }
}

/// A capture file, read by rules of its own (draft-ietf-opsawg-pcap, RFC 791, RFC 8200, RFC 9293).
struct CaptureReading {
    struct Malformed: Error {
        var what: String
    }

    private(set) var packets: [CapturedPacket] = []
    private var rest: ArraySlice<UInt8>

    static func packets(at path: String) throws -> [CapturedPacket] {
        try CaptureReading(path: path).packets
    }

    private init(path: String) throws {
        rest = Array(try Data(contentsOf: URL(filePath: path)))[...]
        guard try little(4) == 0xa1b2_3c4d else { throw Malformed(what: "no capture in nanoseconds") }
        let (major, minor) = (try little(2), try little(2))
        guard (major, minor) == (2, 4) else { throw Malformed(what: "version \(major).\(minor)") }
        _ = try take(8)
        let snapLength = try little(4)
        guard try little(4) == 1 else { throw Malformed(what: "not of Ethernet") }
        while !rest.isEmpty {
            let (seconds, nanoseconds) = (try little(4), try little(4))
            let (captured, length) = (try little(4), try little(4))
            guard captured == length, length <= snapLength else { throw Malformed(what: "\(captured) of \(length)") }
            packets.append(try Self.packet(try take(captured), UInt32(seconds), UInt32(nanoseconds)))
        }
    }

    private static func packet(
        _ frame: ArraySlice<UInt8>,
        _ seconds: UInt32,
        _ nanoseconds: UInt32
    ) throws -> CapturedPacket {
        let ip = Array(frame.dropFirst(14))
        guard let first = ip.first else { throw Malformed(what: "no IP") }
        let isIPv6 = first >> 4 == 6
        let begin = isIPv6 ? 40 : Int(first & 15) * 4
        let end = isIPv6 ? 40 + big(ip, 4, 2) : big(ip, 2, 2)
        guard ip[isIPv6 ? 6 : 9] == 6, end <= ip.count else { throw Malformed(what: "no TCP") }
        let tcp = Array(ip[begin..<end])
        return CapturedPacket(
            seconds: seconds,
            nanoseconds: nanoseconds,
            ipVersion: first >> 4,
            source: UInt16(big(tcp, 0, 2)),
            destination: UInt16(big(tcp, 2, 2)),
            sequence: UInt32(big(tcp, 4, 4)),
            flags: CapturedPacket.Flags(rawValue: tcp[13]),
            payload: Array(tcp.dropFirst(Int(tcp[12] >> 4) * 4))
        )
    }

    private static func big(_ bytes: [UInt8], _ at: Int, _ count: Int) -> Int {
        bytes[at..<at + count].reduce(0) { $0 << 8 | Int($1) }
    }

    private mutating func little(_ count: Int) throws -> Int {
        try take(count).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
        guard rest.count >= count else { throw Malformed(what: "it ends in the middle") }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }
}
