import Crypto
import FoundationEssentials

/// The `Content-Digest` field of RFC 9530, which ties a body to an HTTP message signature.
package enum ContentDigest: String, Sendable, Hashable, CaseIterable {
    /// SHA-256.
    case sha256 = "sha-256"
    /// SHA-512.
    case sha512 = "sha-512"

    /// The field's value for a body, such as `sha-256=:…:`.
    package func field(for body: [UInt8]) -> String {
        "\(rawValue)=:\(Data(digest(of: body)).base64EncodedString()):"
    }

    /// Whether a field's value, which may list several digests, has at least one of a known algorithm and none of a known
    /// algorithm that is wrong for the body.
    package static func verify(field: String, body: [UInt8]) -> SignatureVerdict {
        guard field.contains(where: { $0 != " " }) else { return .invalid(.empty) }
        var isProven = false
        for member in field.split(separator: ",") {
            let text = member.drop { $0 == " " || $0 == "\t" }
            guard let algorithm = allCases.first(where: { text.hasPrefix("\($0.rawValue)=") }) else { continue }
            let value = text.dropFirst(algorithm.rawValue.count + 1).prefix { $0 != ";" && $0 != " " }
            guard value.count >= 2, value.hasPrefix(":"), value.hasSuffix(":"),
                let stated = SignatureEncoding.base64.decode(String(value.dropFirst().dropLast()))
            else { return .invalid(.notEncoded(.base64)) }
            guard stated == algorithm.digest(of: body) else { return .invalid(.mismatch) }
            isProven = true
        }
        return isProven ? .valid : .invalid(.wrongPrefix(expected: "sha-256="))
    }

    private func digest(of body: [UInt8]) -> [UInt8] {
        switch self {
        case .sha256: Array(SHA256.hash(data: body))
        case .sha512: Array(SHA512.hash(data: body))
        }
    }
}
