/// The classic capture file of libpcap, with times in nanoseconds (draft-ietf-opsawg-pcap).
///
/// Numbers are in this host's byte order, which the first four bytes tell.
enum PcapFormat {
    /// Says: little or big endian as it reads, and nanoseconds.
    static let magic: UInt32 = 0xa1b2_3c4d
    /// LINKTYPE_ETHERNET: a loopback interface of Linux has Ethernet headers, with zeros for addresses.
    static let linkType: UInt32 = 1
    /// No packet in the file has more bytes than this.
    static let snapLength: UInt32 = 262_144

    /// What a file begins with.
    static var fileHeader: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(native: magic)
        bytes.append(native: UInt16(2))
        bytes.append(native: UInt16(4))
        // Times are UTC, and nobody says how exact they are.
        bytes.append(native: UInt32(0))
        bytes.append(native: UInt32(0))
        bytes.append(native: snapLength)
        bytes.append(native: linkType)
        return bytes
    }
}

extension [UInt8] {
    /// Appends one packet with its header.
    mutating func append(packet bytes: UnsafeRawBufferPointer, length: UInt32, seconds: UInt32, nanoseconds: UInt32) {
        append(native: seconds)
        append(native: nanoseconds)
        append(native: UInt32(bytes.count))
        append(native: length)
        append(contentsOf: bytes)
    }

    fileprivate mutating func append<Number: FixedWidthInteger>(native number: Number) {
        Swift.withUnsafeBytes(of: number) { append(contentsOf: $0) }
    }
}
