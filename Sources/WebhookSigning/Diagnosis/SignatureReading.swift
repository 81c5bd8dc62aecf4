/// One way to read a header's value as signature bytes, and how it departs from the scheme.
struct SignatureReading {
    let bytes: [UInt8]
    /// Phrases that follow "it would verify"; empty when the value is written as the scheme has it.
    let differences: [String]

    /// The prefixes that are tried, and the only parts of a header that a diagnosis repeats.
    private static let knownPrefixes = [
        "sha256=", "sha1=", "sha512=", "hmac-sha256=", "v0=", "v1=", "v1,", "v1a,", "v2,", "t=", "h1=",
    ]

    /// Every reading that gives as many bytes as some algorithm does, those with the fewest differences first.
    static func all(of header: String, under scheme: SignatureScheme) -> [SignatureReading] {
        let versions = header.split(separator: " ").map { (text: String($0), difference: String?.none) }
        let candidates = scheme.isVersioned ? versions : elements(of: header)
        var readings: [SignatureReading] = []
        for candidate in candidates {
            for wrapped in unwrapped(candidate.text) {
                for (rest, prefixDifference) in withoutPrefix(wrapped.text, scheme: scheme) {
                    for (bytes, encodingDifference) in decoded(rest, scheme: scheme) {
                        let isKnown = readings.contains { $0.bytes == bytes }
                        guard SigningAlgorithm.lengths.contains(bytes.count), !isKnown else { continue }
                        let all = [
                            wrapped.difference, prefixDifference, encodingDifference, candidate.difference,
                        ]
                        readings.append(SignatureReading(bytes: bytes, differences: all.compactMap(\.self)))
                    }
                }
            }
        }
        return readings
    }

    /// The value as a whole, and the elements of a list such as `t=1700000000,v1=…`.
    private static func elements(of header: String) -> [(text: String, difference: String?)] {
        let elements = header.split(separator: ",").map { String($0.drop { $0 == " " }) }
        guard elements.count > 1 else { return [(header, nil)] }
        return [(header, nil)] + elements.prefix(8).map { ($0, "as one element of a list with commas") }
    }

    private static func unwrapped(_ text: String) -> [(text: String, difference: String?)] {
        let isWrapping = { (character: Character) in character == " " || character == "\t" || character == "\"" }
        let bare = String(text.drop(while: isWrapping).reversed().drop(while: isWrapping).reversed())
        return bare == text ? [(text, nil)] : [(text, nil), (bare, "inside white space or quotes")]
    }

    private static func withoutPrefix(
        _ text: String,
        scheme: SignatureScheme
    ) -> [(rest: String, difference: String?)] {
        var readings: [(String, String?)] = []
        if text.hasPrefix(scheme.prefix) {
            readings.append((String(text.dropFirst(scheme.prefix.count)), nil))
        }
        for prefix in knownPrefixes where prefix != scheme.prefix && text.hasPrefix(prefix) {
            let instead = scheme.prefix.isEmpty ? ", where none is expected" : " instead of \"\(scheme.prefix)\""
            readings.append((String(text.dropFirst(prefix.count)), "under the prefix \"\(prefix)\"\(instead)"))
        }
        if !scheme.prefix.isEmpty {
            readings.append((text, "without the prefix \"\(scheme.prefix)\""))
        }
        return readings
    }

    private static func decoded(_ text: String, scheme: SignatureScheme) -> [(bytes: [UInt8], difference: String?)] {
        let asStated = scheme.encoding.decode(text)
        if let asStated, asStated.count == scheme.algorithm.signatureLength { return [(asStated, nil)] }
        let stated = scheme.encoding.displayName
        var readings: [([UInt8], String?)] = asStated.map { [($0, nil)] } ?? []
        for other in SignatureEncoding.allCases where other != scheme.encoding {
            if let bytes = other.decode(text) {
                readings.append((bytes, "as \(other.displayName) instead of \(stated)"))
            }
        }
        for outer in [SignatureEncoding.base64, .base64URL] {
            let inner = outer.decode(text).flatMap { String(validating: $0, as: UTF8.self) }
            if let digits = inner, let bytes = unhex(digits) {
                readings.append((bytes, "as \(outer.displayName) of the hex digits instead of \(stated)"))
                break
            }
        }
        // Any 64 hexadecimal digits are base64 too, of bytes that no signature has.
        if !readings.contains(where: { SigningAlgorithm.lengths.contains($0.0.count) }) {
            let padded = text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
            for other in [SignatureEncoding.base64, .base64URL] where padded != text {
                if let bytes = other.decode(padded) {
                    readings.append((bytes, "as \(other.displayName) without padding instead of \(stated)"))
                }
            }
            if let bytes = unhex(text) {
                readings.append((bytes, "as hex of mixed case instead of \(stated)"))
            }
        }
        return readings
    }
}

extension SigningAlgorithm {
    /// How many bytes the signatures of the algorithms have.
    fileprivate static let lengths = Set(allCases.map(\.signatureLength))
}
