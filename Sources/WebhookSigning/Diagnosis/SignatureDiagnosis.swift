/// Finds out what a wrong signer did: which other form of signing gives the signature that does not verify.
package enum SignatureDiagnosis {
    /// Sentences such as "it would verify over the body re-serialised as compact JSON", with the fewest differences from
    /// the scheme; empty when the signature verifies or no explanation with up to three differences is found.
    ///
    /// Other spellings of a JSON body, a trailing newline, other encodings, prefixes, key forms, algorithms and signed
    /// contents are tried without being asked for; `alternatives` adds what only the caller can know. No sentence
    /// contains a secret or any part of the header but a well-known prefix. The search hashes 64 MiB at most and
    /// re-serialises bodies of up to 256 KiB.
    package static func explanations(
        header: String,
        scheme: SignatureScheme,
        input: SigningInput,
        key: SigningKey,
        alternatives: SignatureAlternatives = SignatureAlternatives()
    ) -> [String] {
        if scheme.verify(header: header, input: input, key: key).isValid { return [] }
        let readings = SignatureReading.all(of: header, under: scheme)
        let stated = SigningAttempt(scheme: scheme, input: input, key: key)
        let changes = SigningChange.all(from: stated, alternatives: alternatives)
        var search = Search(changes: changes)
        for count in 1...3 {
            var found: [String] = []
            for reading in readings where reading.differences.count <= count {
                let remaining = count - reading.differences.count
                for phrases in search.explanations(of: reading.bytes, from: stated, changes: remaining) {
                    let sentence = "it would verify \(joined(phrases + reading.differences))"
                    if !found.contains(sentence) { found.append(sentence) }
                }
            }
            if !found.isEmpty { return Array(found.prefix(5)) }
        }
        return []
    }

    private static func joined(_ phrases: [String]) -> String {
        guard let last = phrases.last, phrases.count > 1 else { return phrases.first ?? "" }
        return "\(phrases.dropLast().joined(separator: ", ")) and \(last)"
    }

    /// Tries combinations of changes until its budget is used up.
    private struct Search {
        /// One list for each thing that can differ; a combination takes at most one of each.
        let changes: [[SigningChange]]
        private var budget = 64 * 1024 * 1024

        init(changes: [[SigningChange]]) {
            self.changes = changes
        }

        /// The phrases of every combination of exactly that many changes under which the attempt gives the signature.
        mutating func explanations(
            of signature: [UInt8],
            from attempt: SigningAttempt,
            changes count: Int,
            after first: Int = 0
        ) -> [[String]] {
            if count == 0 {
                // A hash of a short text costs about as much as one of a kilobyte.
                budget -= max(attempt.size, 1024)
                return budget > 0 && attempt.gives(signature) ? [[]] : []
            }
            var found: [[String]] = []
            for index in changes.indices.dropFirst(first) {
                for change in changes[index] {
                    var changed = attempt
                    change.apply(&changed)
                    let deeper = explanations(of: signature, from: changed, changes: count - 1, after: index + 1)
                    found += deeper.map { [change.phrase] + $0 }
                }
            }
            return found
        }
    }
}
