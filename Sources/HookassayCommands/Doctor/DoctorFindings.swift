import FaultProving
import Foundation

/// All that was found out, ready to be printed.
struct DoctorFindings: Sendable, Encodable {
    let results: [ProofResult]
    let facts: HostFacts
    let took: Duration

    /// Says that a fault is not real on this host.
    var isSick: Bool {
        results.contains { $0.verdict.isNotReal }
    }

    /// The tables, what is wrong and why, and the host's facts.
    var lines: [String] {
        let table = ProofTable(results)
        let width = facts.facts.map(\.name.count).max() ?? 0
        let host = facts.facts.map { fact in
            "  \(fact.name)\(String(repeating: " ", count: width - fact.name.count))  \(fact.finding)"
        }
        let seconds = (took / .seconds(1) * 10).rounded() / 10
        return table.lines + ["", "This host"] + host + ["", "\(table.summary), in \(seconds) s"]
    }

    private enum CodingKeys: String, CodingKey {
        case proofs
        case host
        case seconds
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(results.map(ProofReport.init), forKey: .proofs)
        try container.encode(facts, forKey: .host)
        try container.encode(took / .seconds(1), forKey: .seconds)
    }

    /// One JSON object.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
