import DeliveryEvidence
import Synchronization

/// Keeps what the receiver saw of each attempt.
final class AttemptBook: EvidenceSink {
    /// One attempt; times in seconds since the session began, by the virtual clock.
    struct Attempt: Sendable, Hashable, Encodable {
        var number: Int
        var arrived: Double
        /// When the first byte of the answer was sent.
        var answered: Double?
        var ended: Double?
        /// Who ended it: `receiver` by answering or breaking off, `dispatcher` by giving up.
        var endedBy: String?
        var status: Int?

        private enum CodingKeys: String, CodingKey {
            case number
            case arrived
            case answered
            case ended
            case endedBy = "ended_by"
            case status
        }
    }

    private let timeline: ClockTimeline
    private let state = Mutex<[Attempt]>([])

    init(timeline: ClockTimeline) {
        self.timeline = timeline
    }

    var attempts: [Attempt] { state.withLock { $0 } }

    func record(_ event: EvidenceEvent, at stamp: Stamp, real: Stamp) {
        switch event {
        case .attemptArrived(let arrived):
            state.withLock { $0.append(Attempt(number: arrived.attempt, arrived: seconds(stamp))) }
            timeline.arrived(arrived, at: stamp)
        case .attemptEnded(let ended):
            state.withLock { attempts in
                guard let index = attempts.firstIndex(where: { $0.number == ended.attempt }) else { return }
                let closing = ended.answerEnded == nil ? ended.closing : nil
                attempts[index].answered = ended.answerBegan.map(seconds)
                attempts[index].ended = seconds(closing?.at ?? ended.answerEnded ?? stamp)
                attempts[index].endedBy = (closing?.by ?? .receiver).rawValue
                attempts[index].status = ended.status
            }
            timeline.ended(ended, at: stamp)
        case .harnessFailed(let failed): StandardStreams.complain("hookassay: \(failed.message)")
        default: break
        }
    }

    private func seconds(_ stamp: Stamp) -> Double { Double(stamp.nanoseconds) / 1e9 }
}
