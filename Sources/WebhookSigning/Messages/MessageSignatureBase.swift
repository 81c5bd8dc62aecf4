/// The signature base of an HTTP message signature (RFC 9421 section 2.5), and the signature over it.
///
/// The caller has the values of the components ready: for a field that is sent several times, joined by `, `; for a
/// derived component such as `@method` or `@target-uri`, as section 2.2 of the RFC has it. `Signature-Input` is written
/// here and not parsed.
package struct MessageSignatureBase: Sendable, Hashable {
    /// One covered component.
    package struct Component: Sendable, Hashable {
        /// The lower-case field name, or a derived name such as `@method`.
        package let name: String
        /// Its value in the message; white space around it is not signed.
        package let value: String

        /// Names a component and its value; the name is written in lower case.
        package init(_ name: String, _ value: String) {
            self.name = name.lowercased()
            self.value = value
        }
    }

    /// The covered components in the order in which they are signed.
    package let components: [Component]
    /// The parameters in the order in which they are written.
    package let parameters: [SignatureParameter]

    /// The value of `@signature-params`, which `Signature-Input` repeats after the label.
    package let signatureParameters: String
    /// The signature base: one line a component, the parameters last, no line feed at the end.
    package let text: String

    /// Builds the base.
    ///
    /// Throws `SigningError.unwritable` when a component is named twice, or a name or value cannot stand in it (a line feed
    /// in a value would forge another line).
    package init(components: [Component], parameters: [SignatureParameter]) throws(SigningError) {
        var lines: [String] = []
        var names: [String] = []
        for component in components {
            let name = try quoted(component.name)
            guard !names.contains(name), component.name != "@signature-params" else {
                throw .unwritable("the component \(name) stands in it twice")
            }
            guard !component.value.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 >= 0x80 }) else {
                throw .unwritable("the value of \(name) has a line break or is not ASCII")
            }
            names.append(name)
            lines.append("\(name): \(trimmed(component.value))")
        }
        var written = "(\(names.joined(separator: " ")))"
        for parameter in parameters {
            written += try parameter.text()
        }
        self.components = components
        self.parameters = parameters
        self.signatureParameters = written
        self.text = (lines + ["\"@signature-params\": \(written)"]).joined(separator: "\n")
    }

    /// The value of `Signature-Input` under a label, such as `sig1=("@method");created=1618884473`.
    package func signatureInputField(label: String) -> String {
        "\(label)=\(signatureParameters)"
    }

    /// The value of `Signature` under a label, such as `sig1=:…:`.
    ///
    /// The key's text is base64. Throws `SigningError.unusableKey` for a key that the algorithm cannot sign with.
    package func signatureField(
        label: String,
        algorithm: SigningAlgorithm,
        key: SigningKey,
        keyForm: KeyForm = .base64Decoded(prefix: "")
    ) throws(SigningError) -> String {
        let material = try KeyMaterial(key, form: keyForm, algorithm: algorithm)
        let signature = try material.signature(of: Array(text.utf8))
        return "\(label)=:\(SignatureEncoding.base64.encode(signature)):"
    }

    /// Whether the value of `Signature`, under a label, is a signature over this base.
    ///
    /// The base covers a body only through `content-digest`, which has to be verified beside it (`ContentDigest`).
    package func verify(
        field: String,
        label: String,
        algorithm: SigningAlgorithm,
        key: SigningKey,
        keyForm: KeyForm = .base64Decoded(prefix: "")
    ) -> SignatureVerdict {
        let opening = "\(label)=:"
        let members = field.split(separator: ",").map { trimmed(String($0)) }
        guard let member = members.first(where: { $0.hasPrefix(opening) }), member.hasSuffix(":") else {
            return .invalid(field.isEmpty ? .empty : .wrongPrefix(expected: opening))
        }
        let scheme = SignatureScheme(algorithm: algorithm, encoding: .base64, keyForm: keyForm)
        let signature = String(member.dropFirst(opening.count).dropLast())
        return scheme.verify(header: signature, input: SigningInput(body: Array(text.utf8)), key: key)
    }
}

private func trimmed(_ value: String) -> String {
    let isSpace = { (character: Character) in character == " " || character == "\t" }
    return String(value.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
}
