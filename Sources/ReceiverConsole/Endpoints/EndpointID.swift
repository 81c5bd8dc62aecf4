/// The ids of endpoints.
enum EndpointID {
    /// Letters and digits that cannot be taken for each other.
    private static let alphabet = Array("abcdefghijkmnpqrstuvwxyz23456789")

    /// Draws an id of 80 bits, which nobody guesses and which no other endpoint has.
    static func drawn() -> String {
        String((0..<16).map { _ in alphabet[Int.random(in: 0..<alphabet.count)] })
    }

    /// Says that a text can be an id: letters, digits, `-`, `_` and `.`, at most 64, not beginning with a dot.
    static func isLawful(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 64 && text.first != "."
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == 0x2D || byte == 0x5F || byte == 0x2E
            }
    }
}
