/// The first record of TLS in what a server sent (RFC 8446 section 5.1).
package struct TLSRecord: Sendable, Hashable {
    /// 21 is an alert, 22 a handshake message.
    package var type: UInt8
    package var content: [UInt8]

    /// Reads the first record; `nil` while it is not complete, or when it is none.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count >= 5, (20...23).contains(bytes[0]), bytes[1] == 3 else { return nil }
        let length = Int(bytes[3]) << 8 | Int(bytes[4])
        guard bytes.count >= 5 + length else { return nil }
        type = bytes[0]
        content = Array(bytes[5..<(5 + length)])
    }

    package var isFatalAlert: Bool { type == 21 && content.count == 2 && content[0] == 2 }

    /// The version a ServerHello chose, such as 0x0302 for TLS 1.1; `nil` when it is none.
    package var chosenVersion: Int? {
        guard type == 22, content.count >= 6, content[0] == 2 else { return nil }
        return Int(content[4]) << 8 | Int(content[5])
    }

    /// Why it is not the answer of a server that speaks nothing newer than TLS 1.1; `nil` when it is.
    ///
    /// Alert 70 is protocol_version.
    package var whyNotOld: String? {
        if isFatalAlert { return content[1] == 70 ? nil : "fatal alert \(content[1]) instead of protocol_version" }
        guard let chosenVersion else { return "a record that is neither ServerHello nor alert" }
        return chosenVersion <= 0x0302 ? nil : "a ServerHello of a newer version than TLS 1.1"
    }
}

/// A ClientHello with nothing about it but what a server needs to answer.
enum ClientHello {
    /// The record of a client that speaks TLS 1.0 to 1.2 and names its versions in the old way, so that a server which is
    /// stuck at TLS 1.1 answers with that instead of refusing.
    static let bytes: [UInt8] = {
        let suites: [UInt8] = [0xC0, 0x2B, 0xC0, 0x2F, 0xC0, 0x09, 0xC0, 0x0A, 0xC0, 0x13, 0xC0, 0x14, 0x00, 0x2F]
        var extensions: [UInt8] = []
        // supported_groups: x25519, secp256r1
        extensions += [0x00, 0x0A, 0x00, 0x06, 0x00, 0x04, 0x00, 0x1D, 0x00, 0x17]
        // ec_point_formats: uncompressed
        extensions += [0x00, 0x0B, 0x00, 0x02, 0x01, 0x00]
        // signature_algorithms: ECDSA and RSA with SHA-256 and SHA-1
        extensions += [0x00, 0x0D, 0x00, 0x0A, 0x00, 0x08, 0x04, 0x03, 0x04, 0x01, 0x02, 0x03, 0x02, 0x01]
        var hello: [UInt8] = [0x03, 0x03]
        hello += (0..<32).map { UInt8($0) &* 7 &+ 11 }
        hello += [0x00]
        hello += [0x00, UInt8(suites.count)] + suites
        hello += [0x01, 0x00]
        hello += [0x00, UInt8(extensions.count)] + extensions
        let message: [UInt8] = [0x01, 0x00, 0x00, UInt8(hello.count)] + hello
        return [0x16, 0x03, 0x01, 0x00, UInt8(message.count)] + message
    }()
}
