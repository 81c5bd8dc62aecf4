/// What became of a proof.
package struct ProofResult: Sendable {
    package var proof: FaultProof
    package var verdict: ProofVerdict
    package var sights: ProofSights
    /// How often it was made until the verdict stood.
    package var tries: Int
    package var took: Duration
    /// What the tries before had against it.
    package var earlier: [String] = []

    package init(proof: FaultProof, verdict: ProofVerdict, sights: ProofSights, tries: Int = 1, took: Duration = .zero)
    {
        self.proof = proof
        self.verdict = verdict
        self.sights = sights
        self.tries = tries
        self.took = took
    }

    /// What the raw victim saw in a few words, step by step.
    package var rawTexts: [String] {
        sights.raw.map { sight in
            guard proof.transport.isHTTP2, sight.connecting == .stood, sight.tls?.failure == nil else {
                return sight.text
            }
            return "\(HTTP2Sight(sight.bytes).text), then \(sight.end.rawValue)"
        }
    }
}
