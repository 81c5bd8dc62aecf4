import Notation
import WebhookContracts

/// Finds out what of a contract one scenario put to the test.
///
/// A clause is exercised when a finding that holds or is violated rests on it: the place in the file tells which one it is.
struct CoverageReading {
    private let context: JudgingContext
    private let names: [SourcePosition: [String]]
    private let clauses: [String]
    private var exercised: Set<String> = []

    init(_ context: JudgingContext) {
        self.context = context
        let promised = context.contract.statements.filter { $0.standing != .unstated }
        var clauses: [String] = []
        var names: [SourcePosition: [String]] = [:]
        for statement in promised where !clauses.contains(statement.path) {
            clauses.append(statement.path)
            if let position = statement.position { names[position, default: []].append(statement.path) }
        }
        self.clauses = clauses
        self.names = names
    }

    /// What a check puts to the test beside the clause that its findings name.
    private static let further: [CheckID: [String]] = [
        "signature.bytes": [
            "signature.algorithm", "signature.encoding", "signature.prefix", "signature.key", "signature.content",
        ],
        "retry.gaps": ["retry.counted_from"],
    ]

    /// Notes what the findings of a check rest on.
    mutating func see(_ findings: [Finding], of check: CheckID) {
        let isDecided = findings.contains { $0.outcome == .held || $0.outcome == .violated }
        if isDecided, let further = Self.further[check] {
            exercised.formUnion(further.filter(clauses.contains))
        }
        var last: SourcePosition?
        for finding in findings {
            // Thousands of findings of one check rest on one clause.
            guard finding.outcome == .held || finding.outcome == .violated, finding.basis.file == .contract,
                let position = finding.basis.position, position != last
            else { continue }
            last = position
            exercised.formUnion(names[position] ?? [])
        }
    }

    /// What was put to the test until now.
    var coverage: ContractCoverage {
        let limits = LimitReaching(context: context).limits
        return ContractCoverage(
            clauses: clauses,
            exercised: exercised,
            limits: limits.map(\.name),
            reached: Set(limits.filter(\.isReached).map(\.name))
        )
    }
}
