import DeliveryEvidence
import Synchronization

/// The journal of one endpoint: an `EvidenceSink` that keeps what it sees and passes it on.
final class EndpointJournal: EvidenceSink {
    let endpoint: String
    let lens: JournalLens
    private let hub: JournalHub
    private let next: (any EvidenceSink)?
    private let limits: JournalLimits
    private let state: Mutex<JournalState>
    private let waiters = JournalWaiters()

    init(endpoint: String, hub: JournalHub, limits: JournalLimits, lens: JournalLens, next: (any EvidenceSink)?) {
        self.endpoint = endpoint
        self.hub = hub
        self.limits = limits
        self.lens = lens
        self.next = next
        state = Mutex(JournalState(limits: limits))
    }

    func record(_ event: EvidenceEvent, at stamp: Stamp, real: Stamp) {
        keep(event, at: stamp, real: real)
        next?.record(event, at: stamp, real: real)
    }

    func record(_ event: EvidenceEvent, at stamp: Stamp) {
        keep(event, at: stamp, real: stamp)
        next?.record(event, at: stamp)
    }

    /// Reads what is kept.
    func read<Result>(_ body: (borrowing JournalState) -> Result) -> Result where Result: Sendable {
        state.withLock { body($0) }
    }

    /// Adds a note of somebody other than the receiver.
    func note(_ kind: JournalEntry.Kind, at stamp: Stamp) {
        state.withLock { add(kind, at: stamp, to: &$0) }
    }

    /// Notes that the endpoint is closed; whoever waits for a request is told.
    func close(at stamp: Stamp) {
        let freed = state.withLock { state in
            state.isClosed = true
            add(.endpointClosed, at: stamp, to: &state)
            return state.bytes
        }
        hub.bytes.subtract(freed, ordering: .relaxed)
        waiters.closeAll()
    }

    /// Waits until a request has arrived, or the endpoint is closed, or the task is cancelled.
    func waitForRequest(_ number: Int) async {
        let signals = waiters.add(number)
        if read({ $0.isClosed || $0.arrived >= number }) { return }
        for await _ in signals {}
    }

    /// Everything kept that changed after `cursor`, in the order of the changes.
    func entries(after cursor: Int) -> [JournalEntry] {
        let (requests, notes) = read { ($0.requests.elements(), $0.notes.elements()) }
        var entries = requests.filter { $0.cursor > cursor }.map { request in
            let kind = request.ended == nil ? JournalEntry.Kind.requestArrived(request) : .requestAnswered(request)
            return entry(kind, cursor: request.cursor, at: request.endedAt ?? request.real)
        }
        entries += notes.filter { $0.cursor > cursor }.map { entry($0.kind, cursor: $0.cursor, at: $0.at) }
        return entries.sorted { $0.cursor < $1.cursor }
    }

    /// Connections that failed and what else went wrong, in order, and how many of the notes are gone.
    var failures: (entries: [JournalEntry], dropped: Int) {
        let (notes, dropped) = read { ($0.notes.elements(), $0.notesDropped) }
        let failures = notes.filter { note in
            switch note.kind {
            case .connectionFailed, .problem: true
            default: false
            }
        }
        return (failures.map { entry($0.kind, cursor: $0.cursor, at: $0.at) }, dropped)
    }

    private func keep(_ event: EvidenceEvent, at stamp: Stamp, real: Stamp) {
        switch event {
        case .attemptArrived(let arrived): take(arrived, at: stamp, real: real)
        case .attemptEnded(let ended):
            change(ended.attempt, at: real) { request in
                request.ended = ended
                request.endedAt = real
            } kind: {
                .requestAnswered($0)
            }
        case .faultProduced(let receipt):
            guard let attempt = receipt.attempt else {
                let failure = ConnectionFailure(connection: receipt.connection, reason: receipt.wire, receipt: receipt)
                return note(.connectionFailed(failure), at: real)
            }
            change(attempt, at: real) {
                $0.receipts.append(receipt)
            } kind: {
                .receiptAdded($0)
            }
        case .handshakeFailed(let failed):
            note(
                .connectionFailed(ConnectionFailure(connection: failed.connection, reason: failed.reason)),
                at: real
            )
        case .harnessFailed(let failed): note(.problem(failed.message), at: real)
        case .endpointOpened(let opened):
            state.withLock { state in
                state.open(opened, at: stamp, real: real)
                add(.endpointOpened(url: opened.url), at: real, to: &state)
            }
        case .connectionOpened: state.withLock { $0.connectionOpened() }
        case .connectionClosed: state.withLock { $0.connectionClosed() }
        default: break
        }
    }

    private func take(_ arrived: AttemptArrived, at stamp: Stamp, real: Stamp) {
        var kept = arrived
        var early: SignatureFinding?
        let bodySize = arrived.body.bytes.count
        if bodySize > limits.body {
            // The signature needs the whole body, which is here now and never again.
            early = lens.inspect?(arrived, lens.wallTime(at: real))
            kept.body = Bytes(Array(arrived.body.bytes.prefix(limits.body)))
        }
        // What a request takes besides its bytes was measured at about 1.5 KiB with ten headers.
        let size = 1024 + 2 * kept.head.bytes.count + 48 * kept.headers.count + kept.body.bytes.count
        let number = state.withLock { state in
            let cursor = hub.nextCursor()
            let before = state.bytes
            let excess = hub.bytes.load(ordering: .relaxed) - limits.bytesOfAll
            let number = state.take(
                { number, gap in
                    JournalRequest(
                        number: number,
                        at: stamp,
                        real: real,
                        arrived: kept,
                        bodySize: bodySize,
                        gap: gap,
                        cursor: cursor,
                        early: early,
                        lens: lens,
                        size: size
                    )
                },
                of: kept,
                at: stamp,
                excess: excess
            )
            hub.bytes.add(state.bytes - before, ordering: .relaxed)
            if hub.hasRequestWatchers, let request = state.request(number) {
                publish(.requestArrived(request), cursor: cursor, at: real)
            }
            return number
        }
        waiters.reached(number)
    }

    private func change(
        _ attempt: Int,
        at real: Stamp,
        _ change: (inout JournalRequest) -> Void,
        kind: (JournalRequest) -> JournalEntry.Kind
    ) {
        state.withLock { state in
            let cursor = hub.nextCursor()
            let changed = state.change(attempt: attempt) { request in
                change(&request)
                request.cursor = cursor
            }
            if hub.hasRequestWatchers, let changed, let request = state.request(changed) {
                publish(kind(request), cursor: cursor, at: real)
            }
        }
    }

    private func add(_ kind: JournalEntry.Kind, at stamp: Stamp, to state: inout JournalState) {
        let cursor = hub.nextCursor()
        state.add(JournalState.Note(cursor: cursor, at: stamp, kind: kind))
        publish(kind, cursor: cursor, at: stamp)
    }

    /// Tells whoever watches; called under the lock, so that everybody sees an endpoint's entries in one order.
    private func publish(_ kind: JournalEntry.Kind, cursor: Int, at stamp: Stamp) {
        guard hub.isWatched else { return }
        hub.publish(endpoint: endpoint, isRequest: kind.isRequest) { entry(kind, cursor: cursor, at: stamp) }
    }

    private func entry(_ kind: JournalEntry.Kind, cursor: Int, at stamp: Stamp) -> JournalEntry {
        JournalEntry(cursor: cursor, endpoint: endpoint, at: stamp, wallTime: lens.wallTime(at: stamp), kind: kind)
    }
}
