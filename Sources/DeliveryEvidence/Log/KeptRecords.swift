/// The records that wait in memory to be judged, by scenario, up to a limit.
struct KeptRecords {
    private let limit: Int
    private var bytes = 0
    private var records: [String: [EvidenceRecord]] = [:]
    /// Records that are not here, by scenario.
    private var missing: [String: Int] = [:]
    /// The run's own records that every scenario is judged with: its head and the stalls of the host.
    private(set) var ofRun: [EvidenceRecord] = []

    init(limit: Int) {
        self.limit = limit
    }

    /// Keeps a record of about `size` bytes, or counts it as missing.
    mutating func add(_ record: EvidenceRecord, size: Int) {
        guard let scenario = record.scenario else {
            switch record.event {
            case .runOpened, .hostStalled, .harnessCalibrated: ofRun.append(record)
            default: break
            }
            return
        }
        guard bytes + size <= limit else {
            miss(scenario)
            return
        }
        bytes += size
        records[scenario, default: []].append(record)
    }

    /// Counts a record of `scenario` as missing.
    mutating func miss(_ scenario: String) {
        missing[scenario, default: 0] += 1
    }

    func records(of scenario: String) -> [EvidenceRecord] { records[scenario] ?? [] }

    func missing(of scenario: String) -> Int { missing[scenario] ?? 0 }

    /// Forgets a scenario.
    mutating func release(_ scenario: String) {
        for record in records.removeValue(forKey: scenario) ?? [] { bytes -= record.event.roughSize }
        missing[scenario] = nil
    }
}
