/// What an evidence log holds in memory: the records that wait to be written, and those that wait to be judged.
///
/// A value without any waiting in it; ``EvidenceLog`` guards it.
struct EvidenceBuffer: ~Copyable {
    /// What is to be called outside of the lock, now that the log is not behind any more.
    typealias Actions = [@Sendable () -> Void]

    private let limits: EvidenceLimits
    private var nextSequence = 1
    private var queue = LineQueue()
    /// About how many bytes are not in the file: those in the queue, and those the writer has taken.
    private var waitingBytes = 0
    private(set) var isBehind = false
    private var waitingActions: Actions = []
    private var isWriterCalled = false
    private var isClosed = false
    private(set) var kept: KeptRecords
    /// Records that are in neither place, by scenario, not yet told in the log, with the stamps of the latest.
    private var untoldDrops: [String?: (count: Int, at: Stamp, real: Stamp)] = [:]
    /// Records that are not in the file.
    private(set) var dropped = 0
    private(set) var failure: EvidenceLogError?

    init(limits: EvidenceLimits) {
        self.limits = limits
        kept = KeptRecords(limit: limits.keptBytes)
    }

    /// Takes a record; returns whether the writer is to be called.
    mutating func append(_ event: EvidenceEvent, scenario: String?, at stamp: Stamp, real: Stamp) -> Bool {
        let sequence = nextSequence
        nextSequence += 1
        let size = event.roughSize
        let isWritable = failure == nil && !isClosed
        if !isWritable {
            dropped += 1
        } else if waitingBytes + size > limits.pendingBytes {
            dropped += 1
            untoldDrops[scenario, default: (0, stamp, real)].count += 1
            untoldDrops[scenario]?.at = stamp
            untoldDrops[scenario]?.real = real
            if let scenario { kept.miss(scenario) }
            return callWriter()
        } else {
            enqueue(event, size: size, sequence: sequence, scenario: scenario, at: stamp, real: real)
        }
        if limits.keptBytes > 0 {
            kept.add(
                EvidenceRecord(sequence: sequence, scenario: scenario, at: stamp, real: real, event: event),
                size: size
            )
        }
        return isWritable && callWriter()
    }

    private mutating func enqueue(
        _ event: EvidenceEvent,
        size: Int,
        sequence: Int,
        scenario: String?,
        at stamp: Stamp,
        real: Stamp
    ) {
        waitingBytes += queue.append(event, size: size, sequence: sequence, scenario: scenario, at: stamp, real: real)
        if waitingBytes > limits.behindBytes { isBehind = true }
    }

    /// The writer is called once for everything that comes until it takes it.
    private mutating func callWriter() -> Bool {
        defer { isWriterCalled = true }
        return !isWriterCalled
    }

    /// Hands over what waits to be written, after a word on what was dropped meanwhile.
    mutating func takeBlocks() -> [LineBlock] {
        isWriterCalled = false
        let drops = untoldDrops.sorted { ($0.key ?? "") < ($1.key ?? "") }
        untoldDrops = [:]
        for (scenario, drop) in drops {
            let event = EvidenceEvent.evidenceDropped(EvidenceDropped(count: drop.count))
            enqueue(
                event,
                size: event.roughSize,
                sequence: nextSequence,
                scenario: scenario,
                at: drop.at,
                real: drop.real
            )
            nextSequence += 1
        }
        return queue.take()
    }

    /// Takes a block back that is in the file now, and empties it.
    mutating func giveBack(_ block: inout LineBlock) -> Actions {
        waitingBytes -= block.size
        queue.reuse(&block.lines)
        guard isBehind, waitingBytes <= limits.behindBytes / 2 else { return [] }
        return catchUp()
    }

    /// Takes an action for when the log has caught up; returns `false` when it is not behind.
    mutating func whenCaughtUp(_ action: @escaping @Sendable () -> Void) -> Bool {
        if isBehind { waitingActions.append(action) }
        return isBehind
    }

    private mutating func catchUp() -> Actions {
        isBehind = false
        defer { waitingActions = [] }
        return waitingActions
    }

    /// Notes that the file took no more; `lost` records of the last batch are not in it.
    mutating func fail(_ error: EvidenceLogError, lost: Int) -> Actions {
        failure = failure ?? error
        return abandon(lost: lost)
    }

    /// Notes that nobody writes any more.
    mutating func close() -> Actions {
        isClosed = true
        return abandon(lost: 0)
    }

    private mutating func abandon(lost: Int) -> Actions {
        dropped += queue.take().reduce(lost) { $0 + $1.recordCount }
        waitingBytes = 0
        return catchUp()
    }

    /// Whether `kept` lacks records of a scenario; how many, where that is known.
    func missing(of scenario: String) -> Int {
        limits.keptBytes > 0 ? kept.missing(of: scenario) : nextSequence - 1
    }

    mutating func release(_ scenario: String) { kept.release(scenario) }
}
