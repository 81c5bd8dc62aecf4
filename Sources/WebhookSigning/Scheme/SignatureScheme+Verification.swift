extension SignatureScheme {
    /// Whether a header's value proves a message with one key.
    package func verify(header: String, input: SigningInput, key: SigningKey) -> SignatureVerdict {
        verify(header: header, input: input, keys: [key])
    }

    /// Whether a header's value proves a message with any of the keys, as while keys rotate.
    ///
    /// In a versioned scheme the value may list several signatures; those of other versions are skipped and one right
    /// signature is enough. The comparison takes the same time wherever two signatures differ.
    package func verify(header: String, input: SigningInput, keys: [SigningKey]) -> SignatureVerdict {
        guard header.contains(where: { $0 != " " }) else { return .invalid(.empty) }
        guard !keys.isEmpty else { return .invalid(.noKey) }
        let candidates = isVersioned ? header.split(separator: " ").map(String.init) : [header]
        let ours = candidates.filter { $0.hasPrefix(prefix) }
        guard !ours.isEmpty else { return .invalid(.wrongPrefix(expected: prefix)) }

        var faults: [SignatureFault] = []
        for candidate in ours {
            var text = String(candidate.dropFirst(prefix.count))
            if text.hasSuffix(closing) { text.removeLast(closing.count) }
            let bytes: [UInt8]
            switch read(text) {
            case .success(let read): bytes = read
            case .failure(let unreadable):
                faults.append(unreadable.fault)
                continue
            }
            for key in keys {
                do {
                    let material = try KeyMaterial(key, form: keyForm, algorithm: algorithm)
                    if material.accepts(bytes, for: try content.bytes(of: input)) { return .valid }
                    faults.append(.mismatch)
                } catch {
                    faults.append(.notVerifiable(error))
                }
            }
        }
        // A well-formed signature that does not match tells more than a malformed one beside it.
        return .invalid(faults.contains(.mismatch) ? .mismatch : faults.first ?? .empty)
    }

    /// The signature's bytes, or the fault in how they are written.
    private func read(_ text: String) -> Result<[UInt8], UnreadableSignature> {
        if text.isEmpty { return .failure(.init(fault: .empty)) }
        guard let bytes = encoding.decode(text) else {
            if encoding == .hexLower, unhex(text) != nil { return .failure(.init(fault: .upperCaseHex)) }
            if encoding == .hexUpper, unhex(text) != nil { return .failure(.init(fault: .lowerCaseHex)) }
            return .failure(.init(fault: malformed(text)))
        }
        return bytes.count == algorithm.signatureLength ? .success(bytes) : .failure(.init(fault: wrongLength(text)))
    }

    /// A text cut short is rarely whole bytes any more: if its characters are right, its length is what is wrong.
    private func malformed(_ text: String) -> SignatureFault {
        let isOfAlphabet = text.unicodeScalars.allSatisfy { scalar in
            switch encoding {
            case .hexLower: "0123456789abcdef".unicodeScalars.contains(scalar)
            case .hexUpper: "0123456789ABCDEF".unicodeScalars.contains(scalar)
            case .base64:
                scalar.isASCII && (scalar.properties.isAlphanumeric || "+/=".unicodeScalars.contains(scalar))
            case .base64URL:
                scalar.isASCII && (scalar.properties.isAlphanumeric || "-_=".unicodeScalars.contains(scalar))
            }
        }
        let hasRightLength = text.utf8.count == encoding.length(ofBytes: algorithm.signatureLength)
        return isOfAlphabet && !hasRightLength ? wrongLength(text) : .notEncoded(encoding)
    }

    private func wrongLength(_ text: String) -> SignatureFault {
        .wrongLength(expected: encoding.length(ofBytes: algorithm.signatureLength), found: text.count)
    }
}

private struct UnreadableSignature: Error {
    let fault: SignatureFault
}

extension Unicode.Scalar.Properties {
    fileprivate var isAlphanumeric: Bool { isAlphabetic || numericType != nil }
}
