import DeliveryEvidence
import DeliveryScenarios

/// The secrets that stand in a script, and the words that stand for them wherever the script is shown.
struct ScriptSecrets: Sendable {
    private var words: [(secret: String, placeholder: String)] = []

    /// Those of a script: the keys of provider's questions.
    init(_ script: ReplyScript) {
        for handshake in script.handshakes {
            guard let secret = handshake.secret, !secret.isEmpty else { continue }
            words.append((secret, SecretName("script.\(handshake.kind.rawValue)").placeholder))
        }
        // A secret that is part of another one must not tear it apart.
        words.sort { $0.secret.utf8.count > $1.secret.utf8.count }
    }

    init() {}

    /// The text with a word in place of every secret.
    func hidden(in text: String) -> String {
        words.reduce(text) { $0.replacing($1.secret, with: $1.placeholder) }
    }

    /// The text as it was before, so that an edited script that was shown without its secrets still has them.
    func revealed(in text: String) -> String {
        words.reversed().reduce(text) { $0.replacing($1.placeholder, with: $1.secret) }
    }

    /// Has the secrets taken out of everything that is shown of an endpoint.
    func register(in redactor: Redactor) {
        for word in words {
            let name = String(word.placeholder.dropFirst("{{secret:".count).dropLast("}}".count))
            // One that is too short would be found in ordinary text; it is hidden in the script itself all the same.
            guard word.secret.utf8.count >= Redactor.shortestSecret else { continue }
            do { try redactor.add(word.secret, as: SecretName(name)) } catch { continue }
        }
    }
}
