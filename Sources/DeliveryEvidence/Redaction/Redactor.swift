import Synchronization

/// Takes secrets out of whatever is recorded, before it is stored anywhere.
///
/// A secret is replaced by its name, `{{secret:main.secret}}`, wherever its value stands: as it is, as base64,
/// percent-encoded or escaped as JSON. What a hash or another encoding hides from view is not found.
package final class Redactor: Sendable, CustomStringConvertible {
    /// The fewest bytes a secret can have.
    package static let shortestSecret = 8

    private struct State {
        var index = SecretIndex()
        var names: Set<SecretName> = []
    }

    private let state = Mutex(State())
    /// Whether there is a secret at all, for a look that costs nothing: most of what is recorded needs no more.
    private let hasSecrets = Atomic(false)

    package init() {}

    /// Registers a secret; everything recorded from now on is free of it.
    ///
    /// - Throws: when the value has fewer than ``shortestSecret`` bytes.
    package func add(_ value: String, as name: SecretName) throws(SecretTooShort) {
        guard value.utf8.count >= Self.shortestSecret else { throw SecretTooShort(name: name) }
        register(SecretForms.of(value), as: name)
    }

    /// Registers the HTTP Basic credentials of an endpoint: its password, and the base64 of `user:password`.
    ///
    /// - Throws: when the password has fewer than ``shortestSecret`` bytes.
    package func addCredentials(user: String, password: String, of endpoint: String) throws(SecretTooShort) {
        try add(password, as: .password(of: endpoint))
        register(SecretForms.base64(of: "\(user):\(password)"), as: .authorization(of: endpoint))
    }

    /// The bytes with every secret replaced, and whether there was any.
    package func redacted(_ bytes: [UInt8]) -> (bytes: [UInt8], changed: Bool) {
        guard let replaced = snapshot.replacing(in: bytes) else { return (bytes, false) }
        return (replaced, true)
    }

    /// The text with every secret replaced.
    package func redacted(_ text: String) -> String {
        RedactionPass(index: snapshot).text(text)
    }

    /// The event with every secret replaced in whatever came from outside.
    package func redacted(_ event: EvidenceEvent) -> EvidenceEvent {
        guard hasSecrets.load(ordering: .acquiring) else { return event }
        return RedactionPass(index: snapshot).event(event)
    }

    /// The names of the secrets; never their values.
    package var description: String {
        let names = state.withLock { $0.names.map(\.text).sorted() }
        return "Redactor(\(names.joined(separator: ", ")))"
    }

    private var snapshot: SecretIndex { state.withLock { $0.index } }

    private func register(_ forms: Set<[UInt8]>, as name: SecretName) {
        state.withLock { state in
            state.names.insert(name)
            for form in forms { state.index.add(form, replacement: name.placeholder) }
        }
        hasSecrets.store(true, ordering: .releasing)
    }
}

extension Redactor: CustomReflectable {
    /// Nothing inside: a dump of the redactor must not show what it hides.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
