import DeliveryEvidence

/// What both victims of a proof saw, and what their receivers wrote down.
package struct ProofSights: Sendable, Hashable {
    package var raw: [WireSight] = []
    package var rawReceiver = ReceiverSight()
    /// One for each step; empty when libcurl could not be asked.
    package var curl: [CurlSight] = []
    package var curlReceiver = ReceiverSight()
    /// Why libcurl could not be asked; `nil` when it was.
    package var curlIsMissing: String?
    /// Why the receivers could not be opened; `nil` when they were.
    package var failure: String?

    package init() {}
}

/// Says whether what was seen is what was asked for: a pure function.
package enum ProofJudge {
    /// The verdict on a proof.
    ///
    /// - Parameter now: seconds since 1970, for the validity of certificates.
    package static func verdict(on proof: FaultProof, _ sights: ProofSights, now: Int) -> ProofVerdict {
        if let failure = sights.failure { return .notReal([failure]) }
        var reasons = raw(proof, sights, now: now)
        if sights.curlIsMissing == nil { reasons += curl(proof, sights) }
        if !reasons.isEmpty { return .notReal(reasons) }
        guard let missing = sights.curlIsMissing else { return .real }
        return .notHere("the raw victim saw it, but libcurl cannot be asked: \(missing)")
    }

    private static func raw(_ proof: FaultProof, _ sights: ProofSights, now: Int) -> [String] {
        var reasons: [String] = []
        if !proof.mustFail {
            reasons = sights.rawReceiver.failures.map { "the receiver of the raw victim failed: \($0)" }
        }
        guard sights.raw.count == proof.raw.count else { return reasons + ["the raw victim did not come to its end"] }
        for (number, (step, sight)) in zip(proof.raw, sights.raw).enumerated() {
            let found =
                SightComparison.mismatches(sight, step.expected, now: now)
                + ReceiptComparison.mismatches(step, sight, sights.rawReceiver)
            reasons += found.map { proof.raw.count > 1 ? "step \(number + 1): \($0)" : $0 }
        }
        return reasons
    }

    private static func curl(_ proof: FaultProof, _ sights: ProofSights) -> [String] {
        var reasons: [String] = []
        if !proof.mustFail {
            reasons = sights.curlReceiver.failures.map { "the receiver of libcurl failed: \($0)" }
        } else if sights.curlReceiver.failures.isEmpty {
            reasons = ["the receiver of libcurl did not say that the fault could not be produced"]
        }
        guard sights.curl.count == proof.curl.count else { return reasons + ["libcurl did not come to its end"] }
        for (number, (step, sight)) in zip(proof.curl, sights.curl).enumerated() {
            guard let reason = step.expected.mismatch(sight) else { continue }
            reasons.append(proof.curl.count > 1 ? "step \(number + 1): \(reason)" : reason)
        }
        return reasons + missingReceipts(proof, sights)
    }

    /// Every fault that libcurl met must have left its receipt at its receiver too.
    ///
    /// A client that has its whole answer may leave before the fault comes, so that only failures need one.
    private static func missingReceipts(_ proof: FaultProof, _ sights: ProofSights) -> [String] {
        let found = sights.curlReceiver.produced.map(\.asked)
        var missing: [String] = []
        for (step, sight) in zip(proof.raw, sights.curl) where sight.code != 0 {
            switch step.receipt {
            case .fault(let asked), .port(let asked):
                // How long the port is away stands behind the name of its fault.
                if !missing.contains(asked), !found.contains(where: { $0.hasPrefix(asked) }) { missing.append(asked) }
            case .answer, .failure: continue
            }
        }
        return missing.map { "the evidence has no receipt of '\($0)' with libcurl" }
    }
}

extension FaultProof {
    /// Says that the receiver must say that it cannot do what is asked for.
    fileprivate var mustFail: Bool { raw.contains { $0.receipt == .failure } }
}
