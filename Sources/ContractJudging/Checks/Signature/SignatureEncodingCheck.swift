import WebhookContracts
import WebhookSigning

/// S2: the signature is written as promised.
enum SignatureEncodingCheck {
    static let check = Check(
        "signature.encoding",
        codes: ["S2"],
        title: "The signature is written exactly as promised: prefix, alphabet, case, padding and length.",
        asks: "The header's value is the prefix followed by a whole signature in the stated encoding. No key is needed."
    ) { context in
        let terms = context.contract.signature
        return SignedAttempt.all(in: context).compactMap { signed in
            guard let value = signed.value else { return nil }
            guard let encoding = terms.encoding.value else {
                let looks = looks(of: value).map { "it looks like \($0)" } ?? "it looks like nothing known"
                return .unstated(signed.subject, "The encoding of the signature is not stated; \(looks).")
            }
            let prefix = terms.prefix.value ?? ""
            let algorithm = terms.algorithm.value ?? .hmacSHA256
            var scheme = SignatureScheme(algorithm: algorithm, encoding: encoding, prefix: prefix)
            // Of what is signed only this changes how the signature is written.
            if terms.content.value == .messageBase { scheme.content = .messageBase }
            // The form of a signature does not depend on the key, so that any key does for reading it.
            let verdict = scheme.verify(header: value, input: SigningInput(body: []), key: "any")
            let promised = "\(encoding.displayName)\(prefix.isEmpty ? "" : " after \"\(prefix)\"")"
            switch verdict {
            case .valid, .invalid(.mismatch), .invalid(.noKey), .invalid(.notVerifiable):
                return .held(signed.subject, "The signature is \(promised).", by: terms.encoding.basis)
            case .invalid(let fault):
                return .violated(
                    signed.subject,
                    "\(fault.description) Promised is \(promised).",
                    by: terms.encoding.basis
                )
            }
        }
    }

    private static func looks(of value: String) -> String? {
        let bare = value.split(separator: "=", maxSplits: 1).last.map(String.init) ?? value
        for encoding in SignatureEncoding.allCases {
            for text in [value, bare] where !text.isEmpty && encoding.decode(text) != nil {
                return encoding.displayName
            }
        }
        return nil
    }
}
