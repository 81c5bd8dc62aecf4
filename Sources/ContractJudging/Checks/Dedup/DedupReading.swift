import Notation
import WebhookContracts

/// Reads the key by which receivers deduplicate.
struct DedupReading {
    let key: DedupKey

    init?(_ contract: Contract) {
        guard let key = contract.dedup.value else { return nil }
        self.key = key
    }

    /// The key in the header; `nil` when it is missing or given twice, or the contract puts none there.
    func headerKey(of attempt: AttemptView) -> String? { key.header.flatMap { attempt.header($0) } }

    /// The values of the key's body fields; `nil` when one is missing, or the contract names none.
    func fieldKey(of attempt: AttemptView) -> [String]? {
        let values = key.fields.compactMap { attempt.body.text(at: $0) }
        return key.fields.isEmpty || values.count < key.fields.count ? nil : values
    }

    /// The values that were handed over for the key's body fields.
    func fieldKey(of emission: EmissionView) -> [String]? {
        let values = key.fields.compactMap { pointer in
            emission.payload?[pointer].map { $0.stringValue ?? $0.compact() }
        }
        return key.fields.isEmpty || values.count < key.fields.count ? nil : values
    }

    /// The whole key as one text; `nil` when a part of it is missing.
    func whole(of attempt: AttemptView) -> String? {
        var parts: [String] = []
        if key.header != nil {
            guard let header = headerKey(of: attempt) else { return nil }
            parts.append(header)
        }
        if !key.fields.isEmpty {
            guard let fields = fieldKey(of: attempt) else { return nil }
            parts += fields
        }
        return parts.isEmpty ? nil : parts.joined(separator: "\u{0}")
    }
}
