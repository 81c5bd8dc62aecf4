/// What the numbers of a log's records tell of those that are missing.
///
/// A log that had to drop records says so in a record of its own. Numbers that are missing without such a word were lost
/// later, and silence proves nothing in the scenarios that were under way there.
struct SequenceGaps {
    private var last = 0
    private var missing = 0
    private var told = 0
    private var running: Set<String> = []
    private var missingWhile: [String: Int] = [:]

    /// Looks at the next record of the log.
    mutating func see(_ record: EvidenceRecord) {
        // A damaged number is a number all the same.
        let sequence = min(max(record.sequence, 0), 1 << 50)
        let gap = max(0, sequence - last - 1)
        last = sequence
        if gap > 0 {
            missing += gap
            for scenario in running { missingWhile[scenario, default: 0] += gap }
        }
        switch record.event {
        case .scenarioOpened: if let scenario = record.scenario { running.insert(scenario) }
        case .scenarioClosed: if let scenario = record.scenario { running.remove(scenario) }
        case .evidenceDropped(let dropped): told += min(max(dropped.count, 0), 1 << 40)
        default: break
        }
    }

    /// How many records are missing of which the log does not say that they were dropped.
    var unexplained: Int { max(0, missing - told) }

    /// How many of those may have been of a scenario.
    func unexplained(in scenario: String) -> Int { min(unexplained, missingWhile[scenario] ?? 0) }
}
