/// What a secret is called where its value must not stand, such as `main.secret`.
package struct SecretName: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    package var text: String

    package init(_ text: String) {
        self.text = text
    }

    package init(stringLiteral value: String) {
        text = value
    }

    /// The signing secret of an endpoint: `<endpoint>.secret`.
    package static func secret(of endpoint: String) -> SecretName { SecretName("\(endpoint).secret") }

    /// The password of an endpoint's HTTP Basic credentials: `<endpoint>.password`.
    package static func password(of endpoint: String) -> SecretName { SecretName("\(endpoint).password") }

    /// The base64 of `user:password` that follows `Basic `: `<endpoint>.authorization`.
    package static func authorization(of endpoint: String) -> SecretName { SecretName("\(endpoint).authorization") }

    /// What stands in the evidence instead of the secret: `{{secret:main.secret}}`.
    package var placeholder: String { "{{secret:\(text)}}" }

    package var description: String { text }
}

/// A value was refused as a secret because replacing it everywhere would destroy the evidence.
package struct SecretTooShort: Error, Hashable, CustomStringConvertible {
    package var name: SecretName

    package var description: String {
        "the secret \(name) has fewer than \(Redactor.shortestSecret) bytes; use a longer one, so that it can be told apart"
            + " from ordinary text"
    }
}
