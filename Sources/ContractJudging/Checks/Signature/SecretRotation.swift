import DeliveryEvidence
import WebhookSigning

/// One change of an endpoint's secret, with the keys on both sides of it.
struct SecretRotation {
    /// When the dispatcher was asked for it, and when it said that it was done.
    let asked: Stamp
    let done: Stamp
    let old: SigningKey
    let new: SigningKey
}

extension JudgingContext {
    /// For so long after a change what was on its way may still be signed with the old secret.
    private static let settling = JudgingContext.patience

    /// The changes of an endpoint's secret that the dispatcher took on, in order; none without the keys of the run.
    func rotations(of endpoint: String) -> [SecretRotation] {
        guard let entry = keys.endpoints[endpoint], let first = entry.secret else { return [] }
        let secrets = [first] + entry.next
        // A change that was refused has used up its secret all the same.
        var rotations: [SecretRotation] = []
        var current = first
        for (index, record) in history.rotations.filter({ $0.value.endpoint == endpoint }).enumerated() {
            guard secrets.indices.contains(index + 1) else { break }
            guard record.value.accepted else { continue }
            rotations.append(
                SecretRotation(asked: record.value.asked, done: record.at, old: current, new: secrets[index + 1])
            )
            current = secrets[index + 1]
        }
        return rotations
    }

    /// Says that an attempt was made when a change was long known to the dispatcher.
    func isAfter(_ rotation: SecretRotation, _ attempt: AttemptView) -> Bool {
        if attempt.began - rotation.done > Self.settling { return true }
        guard let emission = emission(of: attempt) else { return false }
        return emission.emitted.asked >= rotation.done && attempt.began >= rotation.done
    }

    /// The secrets that an attempt may be signed with, the current one first; two where one was being changed.
    func secrets(of endpoint: String, for attempt: AttemptView) -> [SigningKey] {
        guard let first = keys.secret(of: endpoint) else { return [] }
        var secrets = [first]
        for rotation in rotations(of: endpoint) {
            if isAfter(rotation, attempt) {
                secrets = [rotation.new]
            } else if rotation.asked <= attempt.began {
                secrets = [rotation.new, rotation.old]
            }
        }
        return secrets
    }
}
