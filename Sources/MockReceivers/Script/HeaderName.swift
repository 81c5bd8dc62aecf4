import DeliveryEvidence

extension HeaderLine {
    /// Says whether the header is called so, compared without case and without making another string.
    ///
    /// - Parameter name: only the case of ASCII letters makes no difference, as RFC 9110 section 5.1 has it.
    func isCalled(_ name: String) -> Bool {
        guard self.name.utf8.count == name.utf8.count else { return false }
        return zip(self.name.utf8, name.utf8).allSatisfy { Self.lowercased($0) == Self.lowercased($1) }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
