/// An alert of TLS by its name in RFC 8446 section 6, such as `unknown_ca`.
struct TLSAlert: Equatable, Sendable {
    let name: String

    /// Names the alert a client sent by its number.
    init(number: UInt8) {
        name = Self.names[number] ?? "number \(number)"
    }

    /// Reads the alert out of a BoringSSL reason such as `TLSV1_ALERT_UNKNOWN_CA`; `nil` when it speaks of no alert.
    init?(reason: String) {
        guard let marker = reason.firstRange(of: "_ALERT_") else { return nil }
        name = reason[marker.upperBound...].lowercased()
    }

    private static let names: [UInt8: String] = [
        0: "close_notify", 10: "unexpected_message", 20: "bad_record_mac", 22: "record_overflow",
        40: "handshake_failure", 42: "bad_certificate", 43: "unsupported_certificate", 44: "certificate_revoked",
        45: "certificate_expired", 46: "certificate_unknown", 47: "illegal_parameter", 48: "unknown_ca",
        49: "access_denied", 50: "decode_error", 51: "decrypt_error", 70: "protocol_version",
        71: "insufficient_security", 80: "internal_error", 86: "inappropriate_fallback", 90: "user_canceled",
        109: "missing_extension", 110: "unsupported_extension", 112: "unrecognized_name",
        113: "bad_certificate_status_response", 115: "unknown_psk_identity", 116: "certificate_required",
        120: "no_application_protocol",
    ]
}

/// Looks for an alert that the client sends in the clear while the handshake is under way.
///
/// An OpenSSL client that refuses a TLS 1.3 certificate has no keys of its own yet and sends its alert unencrypted.
/// BoringSSL expects ciphertext there and only reports a bad packet, so the alert has to be read off the wire.
struct AlertSpotter {
    private static let alertType: UInt8 = 21

    private(set) var alert: TLSAlert?
    /// Bytes of the record under way that are still to be passed over.
    private var toSkip = 0
    private var start: [UInt8] = []

    /// Takes bytes as they came from the network.
    mutating func see(_ bytes: some Collection<UInt8>) {
        var rest = bytes[...]
        while alert == nil, !rest.isEmpty {
            let skipped = Swift.min(toSkip, rest.count)
            rest = rest.dropFirst(skipped)
            toSkip -= skipped
            guard let byte = rest.popFirst() else { return }
            start.append(byte)
            guard start.count >= 5 else { continue }
            let length = Int(start[3]) << 8 | Int(start[4])
            // An encrypted alert is longer than the two bytes of a plain one, and is BoringSSL's to report.
            if start[0] == Self.alertType, length == 2 {
                guard start.count == 7 else { continue }
                alert = TLSAlert(number: start[6])
            } else {
                start = []
                toSkip = length
            }
        }
    }
}
