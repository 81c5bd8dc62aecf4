package import DeliveryEvidence
package import FoundationEssentials

/// A request as the journal keeps it, with what was answered as far as that has happened.
package struct JournalRequest: Sendable {
    /// Which request of its endpoint it is, 1-based, in order of arrival; never given twice.
    package let number: Int
    /// When it was recorded, on the run's clock.
    package let at: Stamp
    /// When it was recorded, in real time since the start of the run.
    package let real: Stamp
    /// What arrived, with its body cut where the journal's limit lies; see ``bodySize``.
    package let arrived: AttemptArrived
    /// How many bytes the body had.
    package let bodySize: Int
    /// Time since the attempt before at this endpoint that belongs to the same delivery; `nil` for the first one.
    package let gap: Duration?
    /// What was answered; `nil` while it is not over.
    package internal(set) var ended: AttemptEnded?
    /// When the end was recorded; `nil` while it is not over.
    package internal(set) var endedAt: Stamp?
    /// The receipts of the faults in the answer.
    package internal(set) var receipts: [FaultProduced] = []
    /// The journal's count at the last change of this request.
    package internal(set) var cursor: Int

    let early: SignatureFinding?
    let lens: JournalLens
    /// About how many bytes it takes in memory.
    let size: Int

    /// Says that the journal has only the beginning of the body.
    package var isBodyCut: Bool { bodySize > arrived.body.bytes.count }

    /// When it arrived, on the wall clock.
    package var wallTime: Date { lens.wallTime(at: real) }

    /// What its signature is worth; `nil` when the endpoint was given nothing to check it by.
    package var signature: SignatureFinding? {
        guard !isBodyCut else { return early }
        return lens.inspect?(arrived, wallTime)
    }

    /// What it was answered, in a few words: `500`, `fault reset`, `waiting`.
    package var answer: String {
        guard let ended else { return "waiting" }
        guard ended.asked.hasPrefix("fault") else { return ended.status.map { "\($0)" } ?? "nothing" }
        return ended.asked
    }

    /// From the whole request to the first byte of the answer; `nil` when none was sent.
    package var heldFor: Duration? {
        guard let began = ended?.answerBegan else { return nil }
        return began - (arrived.bodyEnd ?? arrived.headEnd)
    }
}
