/// One way of computing a signature.
struct SigningAttempt {
    var scheme: SignatureScheme
    var input: SigningInput
    var key: SigningKey

    /// About how many bytes are hashed.
    var size: Int {
        scheme.content == .envelopeJSON ? input.envelopeJSON?.count ?? 0 : input.body.count
    }

    /// Whether this way gives the signature; false when it cannot be gone at all.
    func gives(_ signature: [UInt8]) -> Bool {
        guard signature.count == scheme.algorithm.signatureLength else { return false }
        do throws(SigningError) {
            let material = try KeyMaterial(key, form: scheme.keyForm, algorithm: scheme.algorithm)
            return material.accepts(signature, for: try scheme.content.bytes(of: input))
        } catch {
            return false
        }
    }
}

/// One thing that a wrong signer may have done differently, in words that follow "it would verify".
struct SigningChange {
    let phrase: String
    let apply: (inout SigningAttempt) -> Void

    /// Every change worth trying, one list for each thing that can differ.
    static func all(from stated: SigningAttempt, alternatives: SignatureAlternatives) -> [[SigningChange]] {
        [
            bodies(stated, alternatives), contents(stated), keys(alternatives), keyForms(stated),
            timestamps(stated, alternatives), ids(alternatives), algorithms(stated),
        ]
    }

    private static func bodies(_ stated: SigningAttempt, _ alternatives: SignatureAlternatives) -> [SigningChange] {
        let named = alternatives.bodies + BodyRespelling.alternatives(to: stated.input.body)
        var changes = named.map { body in
            SigningChange(phrase: "over the body \(body.name)") { $0.input.body = body.bytes }
        }
        if stated.scheme.content == .envelopeJSON, let envelope = stated.input.envelopeJSON {
            changes += BodyRespelling.alternatives(to: envelope).map { other in
                SigningChange(phrase: "over the envelope \(other.name)") { $0.input.envelopeJSON = other.bytes }
            }
        }
        return changes
    }

    private static func contents(_ stated: SigningAttempt) -> [SigningChange] {
        let all: [SignedContent] = [
            .body, .envelopeJSON, .idTimestampBody, .timestampBody(separator: "."), .timestampBody(separator: ":"),
            .timestampBody(separator: ""), .versionTimestampBody,
        ]
        let current = stated.scheme.content
        return all.filter { $0 != current }.map { other in
            SigningChange(phrase: "over \(other.displayName) instead of \(current.displayName)") {
                $0.scheme.content = other
            }
        }
    }

    private static func keys(_ alternatives: SignatureAlternatives) -> [SigningChange] {
        alternatives.keys.map { other in
            SigningChange(phrase: "with \(other.name)") { $0.key = other.key }
        }
    }

    private static func keyForms(_ stated: SigningAttempt) -> [SigningChange] {
        let current = stated.scheme.keyForm
        var forms: [KeyForm] = [.text, .hexDecoded]
        if case .base64Decoded = current {} else { forms.append(.base64Decoded(prefix: "whsec_")) }
        let changes = forms.filter { $0 != current }.map { other in
            SigningChange(phrase: "with the secret \(other.displayName) instead of \(current.displayName)") {
                $0.scheme.keyForm = other
            }
        }
        return changes + withoutPrefix(stated) + [withNewline]
    }

    /// The secret as text without the prefix that marks it as one.
    private static func withoutPrefix(_ stated: SigningAttempt) -> [SigningChange] {
        var prefixes = ["whsec_", "whsk_"]
        if case .base64Decoded(let prefix) = stated.scheme.keyForm, !prefix.isEmpty, !prefixes.contains(prefix) {
            prefixes.append(prefix)
        }
        return prefixes.filter { stated.key.revealed.hasPrefix($0) }.map { prefix in
            SigningChange(phrase: "with the secret used as text without its prefix \"\(prefix)\"") { attempt in
                attempt.key = SigningKey(String(attempt.key.revealed.dropFirst(prefix.count)), role: attempt.key.role)
                attempt.scheme.keyForm = .text
            }
        }
    }

    /// A secret that was read from a file or a variable together with the end of its line.
    private static var withNewline: SigningChange {
        SigningChange(phrase: "with a newline at the end of the secret, used as text") { attempt in
            attempt.key = SigningKey(attempt.key.revealed + "\n", role: attempt.key.role)
            attempt.scheme.keyForm = .text
        }
    }

    private static func timestamps(_ stated: SigningAttempt, _ alternatives: SignatureAlternatives) -> [SigningChange] {
        (alternatives.timestamps + TimestampRespelling.alternatives(to: stated.input.timestamp)).map { other in
            SigningChange(phrase: "with \(other.name)") { $0.input.timestamp = other.value }
        }
    }

    private static func ids(_ alternatives: SignatureAlternatives) -> [SigningChange] {
        alternatives.ids.map { other in
            SigningChange(phrase: "with \(other.name)") { $0.input.id = other.value }
        }
    }

    private static func algorithms(_ stated: SigningAttempt) -> [SigningChange] {
        let current = stated.scheme.algorithm
        return SigningAlgorithm.allCases.filter { $0 != current }.map { other in
            SigningChange(phrase: "as \(other.displayName) instead of \(current.displayName)") {
                $0.scheme.algorithm = other
            }
        }
    }
}
