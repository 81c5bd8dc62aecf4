import DeliveryEvidence

extension LiveJournal {
    /// What the journal has of an endpoint, as records of an evidence log without secrets; `nil` when it has no such
    /// endpoint.
    ///
    /// Bodies are cut where the journal cut them, and what it let go is told by an `evidence.dropped`.
    func evidence(of endpoint: String) -> [EvidenceRecord]? {
        guard let journal = self[endpoint] else { return nil }
        let (opened, requests, notes, dropped) = journal.read { state in
            let dropped = state.requestsDropped + state.notesDropped
            return (state.opened, state.requests.elements(), state.notes.elements(), dropped)
        }
        var events: [(event: EvidenceEvent, at: Stamp, real: Stamp)] = []
        for request in requests {
            events.append((.attemptArrived(request.arrived), request.at, request.real))
            let end = request.endedAt ?? request.real
            events += request.receipts.map { (.faultProduced($0), end, end) }
            if let ended = request.ended { events.append((.attemptEnded(ended), end, end)) }
        }
        for note in notes {
            guard let event = note.event else { continue }
            events.append((event, note.at, note.at))
        }
        // Stable, so that what happened at one moment keeps its order.
        let sorted = events.enumerated().sorted { ($0.element.real, $0.offset) < ($1.element.real, $1.offset) }
        var head: [(event: EvidenceEvent, at: Stamp, real: Stamp)] = []
        if let opened { head.append((.endpointOpened(opened.fields), opened.at, opened.real)) }
        if dropped > 0 {
            let first = sorted.first?.element.real ?? Stamp(nanoseconds: 0)
            head.append((.evidenceDropped(EvidenceDropped(count: dropped)), first, first))
        }
        return (head + sorted.map(\.element)).enumerated().map { index, element in
            EvidenceRecord(
                sequence: index + 1,
                scenario: endpoint,
                at: element.at,
                real: element.real,
                event: journal.lens.redactor.redacted(element.event)
            )
        }
    }
}

extension JournalState.Note {
    /// The event the note was made of; `nil` when it was made here.
    fileprivate var event: EvidenceEvent? {
        switch kind {
        case .connectionFailed(let failure):
            if let receipt = failure.receipt { return .faultProduced(receipt) }
            let failed = HandshakeFailed(connection: failure.connection ?? 0, reason: failure.reason)
            return .handshakeFailed(failed)
        case .problem(let message):
            return .harnessFailed(HarnessFailed(component: "receiver", message: message))
        default: return nil
        }
    }
}
