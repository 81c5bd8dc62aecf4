/// How much evidence may wait in memory.
package struct EvidenceLimits: Sendable, Hashable {
    /// The most bytes that wait to be written; records past that are dropped and counted.
    package var pendingBytes: Int
    /// The most bytes kept for judging; records past that are only in the file.
    package var keptBytes: Int

    package init(pendingBytes: Int = 256 << 20, keptBytes: Int = 1 << 30) {
        self.pendingBytes = pendingBytes
        self.keptBytes = keptBytes
    }
}

/// What an evidence log holds in memory: the records that wait to be written, and those that wait to be judged.
///
/// A value without any waiting in it; ``EvidenceLog`` guards it.
struct EvidenceBuffer {
    private let limits: EvidenceLimits
    private var nextSequence = 1
    private var pending: [EvidenceRecord] = []
    private var pendingBytes = 0
    private var kept: [String: [EvidenceRecord]] = [:]
    private var keptBytes = 0
    /// Records that are in neither place, by scenario, not yet told in the log, with the stamps of the latest.
    private var untoldDrops: [String?: (count: Int, at: Stamp, real: Stamp)] = [:]
    /// Records that `kept` lacks, by scenario.
    private var missing: [String: Int] = [:]
    /// The run's own records that every scenario is judged with: its head and the stalls of the host.
    private(set) var ofRun: [EvidenceRecord] = []
    /// Records that are not in the file.
    private(set) var dropped = 0
    private(set) var failure: EvidenceLogError?

    init(limits: EvidenceLimits) {
        self.limits = limits
    }

    mutating func append(_ event: EvidenceEvent, scenario: String?, at stamp: Stamp, real: Stamp) {
        let record = EvidenceRecord(sequence: nextSequence, scenario: scenario, at: stamp, real: real, event: event)
        nextSequence += 1
        let size = event.roughSize
        if failure != nil {
            dropped += 1
        } else if pendingBytes + size > limits.pendingBytes {
            dropped += 1
            untoldDrops[scenario, default: (0, stamp, real)].count += 1
            untoldDrops[scenario]?.at = stamp
            untoldDrops[scenario]?.real = real
            if let scenario { missing[scenario, default: 0] += 1 }
            return
        } else {
            pending.append(record)
            pendingBytes += size
        }
        keep(record, size: size)
    }

    private mutating func keep(_ record: EvidenceRecord, size: Int) {
        guard let scenario = record.scenario else {
            switch record.event {
            case .runOpened, .hostStalled: ofRun.append(record)
            default: break
            }
            return
        }
        guard keptBytes + size <= limits.keptBytes else {
            missing[scenario, default: 0] += 1
            return
        }
        keptBytes += size
        kept[scenario, default: []].append(record)
    }

    /// Hands over what waits to be written, after a word on what was dropped meanwhile.
    mutating func takePending() -> [EvidenceRecord] {
        let drops = untoldDrops.sorted { ($0.key ?? "") < ($1.key ?? "") }
        untoldDrops = [:]
        for (scenario, drop) in drops {
            let record = EvidenceRecord(
                sequence: nextSequence,
                scenario: scenario,
                at: drop.at,
                real: drop.real,
                event: .evidenceDropped(EvidenceDropped(count: drop.count))
            )
            pending.append(record)
            nextSequence += 1
        }
        let batch = pending
        pending = []
        pendingBytes = 0
        return batch
    }

    /// Notes that the file took no more; `lost` records of the last batch are not in it.
    mutating func fail(_ error: EvidenceLogError, lost: Int) {
        failure = failure ?? error
        dropped += lost + pending.count
        pending = []
        pendingBytes = 0
    }

    func records(of scenario: String) -> [EvidenceRecord] { kept[scenario] ?? [] }

    func missing(of scenario: String) -> Int { missing[scenario] ?? 0 }

    mutating func release(_ scenario: String) {
        for record in kept.removeValue(forKey: scenario) ?? [] { keptBytes -= record.event.roughSize }
        missing[scenario] = nil
    }
}

extension EvidenceEvent {
    /// About how many bytes the event takes in memory.
    fileprivate var roughSize: Int {
        let fixed = 512
        return switch self {
        case .attemptArrived(let arrived): fixed + 2 * arrived.head.bytes.count + arrived.body.bytes.count
        case .eventEmitted(let emitted): fixed + emitted.payload.bytes.count
        case .dispatcherOutput(let output): fixed + output.line.utf8.count
        case .deliveryLogRead(let log):
            log.deliveries.reduce(fixed) { size, delivery in
                delivery.attempts.reduce(size + fixed + (delivery.payload?.bytes.count ?? 0)) { size, attempt in
                    size + fixed + (attempt.responseBody?.bytes.count ?? 0)
                }
            }
        default: fixed
        }
    }
}
