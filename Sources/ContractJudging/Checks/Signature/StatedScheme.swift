package import WebhookContracts
package import WebhookSigning

/// What a contract says about signing, as a scheme that can be tried.
package struct StatedScheme: Sendable {
    /// The scheme, when every part of it is stated or inferred.
    package let scheme: SignatureScheme?
    /// The parts that are not, as words.
    package let unstated: [String]
    /// Every scheme that fits what is stated: one when nothing is left open.
    package let candidates: [SignatureScheme]

    /// Reads what the terms state, infer and leave open.
    package init(_ terms: SignatureTerms) {
        var unstated: [String] = []
        let algorithms = Self.choices(terms.algorithm, "algorithm", [.hmacSHA256, .hmacSHA1, .hmacSHA512], &unstated)
        let encodings = Self.choices(terms.encoding, "encoding", SignatureEncoding.allCases, &unstated)
        // A document that shows a signature without a prefix and says nothing of one leaves little doubt; the common
        // prefixes are tried after that.
        let prefixes =
            terms.prefix.isNone ? [""] : Self.choices(terms.prefix, "prefix", ["", "sha256=", "v1="], &unstated)
        let keys = Self.choices(
            terms.key,
            "form of the key",
            [.text, .hexDecoded, .base64Decoded(prefix: "")],
            &unstated
        )
        let contents = Self.choices(terms.content, "signed content", [.body, .envelopeJSON], &unstated)
        var candidates: [SignatureScheme] = []
        for algorithm in algorithms {
            for encoding in encodings {
                for prefix in prefixes {
                    for key in keys {
                        for content in contents {
                            candidates.append(
                                SignatureScheme(
                                    algorithm: algorithm,
                                    encoding: encoding,
                                    prefix: prefix,
                                    keyForm: key,
                                    content: content
                                )
                            )
                        }
                    }
                }
            }
        }
        self.unstated = unstated
        self.candidates = candidates
        scheme = unstated.isEmpty ? candidates.first : nil
    }

    private static func choices<Value>(
        _ clause: Clause<Value>,
        _ name: String,
        _ likely: [Value],
        _ unstated: inout [String]
    ) -> [Value] {
        if let value = clause.value { return [value] }
        unstated.append(name)
        return likely
    }

    /// A scheme in words, for reports of what an unstated signature turned out to be.
    package static func words(_ scheme: SignatureScheme) -> String {
        let prefix = scheme.prefix.isEmpty ? "" : " after \"\(scheme.prefix)\""
        return "\(scheme.algorithm.displayName) in \(scheme.encoding.displayName)\(prefix) over "
            + "\(scheme.content.displayName), the secret \(scheme.keyForm.displayName)"
    }
}
