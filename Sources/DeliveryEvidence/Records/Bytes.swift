import Foundation

/// Bytes as they were on the wire.
///
/// Written as text where they are UTF-8, as base64 where they are not.
package struct Bytes: Sendable, Hashable, Codable {
    package var bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Makes the UTF-8 bytes of `text`.
    package init(text: String) {
        bytes = Array(text.utf8)
    }

    /// The bytes as text, with U+FFFD where they are not UTF-8.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    private enum CodingKeys: String, CodingKey {
        case utf8
        case base64
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let text = try container.decodeIfPresent(String.self, forKey: .utf8) {
            bytes = Array(text.utf8)
            return
        }
        let encoded = try container.decode(String.self, forKey: .base64)
        guard let data = Data(base64Encoded: encoded) else {
            throw DecodingError.dataCorruptedError(forKey: .base64, in: container, debugDescription: "not base64")
        }
        bytes = Array(data)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if let text = String(validating: bytes, as: UTF8.self) {
            try container.encode(text, forKey: .utf8)
        } else {
            try container.encode(Data(bytes).base64EncodedString(), forKey: .base64)
        }
    }
}
