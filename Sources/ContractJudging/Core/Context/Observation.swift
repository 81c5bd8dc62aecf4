package import DeliveryEvidence
package import Notation
import WebhookContracts

extension JudgingContext {
    /// The moment after which silence proves nothing.
    package var observedEnd: Stamp { history.observedEnd }

    /// Says that the observation reached its planned end.
    package var isObservationComplete: Bool { history.observation?.value.complete ?? false }

    /// Why silence since `start` proves nothing; `nil` when it does: the observation came to its planned end, and lasted
    /// for as long as the contract lets a first attempt take (a second where it does not say).
    package func doubtAboutSilence(since start: Stamp) -> String? {
        guard isObservationComplete else {
            return "the observation ended early (\(history.observation?.value.why ?? "the evidence was cut short"))"
        }
        let needed = contract.latency.value ?? .seconds(1)
        let watched = watched(from: start)
        guard watched < needed else { return nil }
        return
            "it was watched for \(TimeText.of(watched)) only, and an attempt may take \(TimeText.of(needed)) to start"
    }

    /// For how long the receivers were watched after `start`; zero when they were not.
    package func watched(from start: Stamp) -> Duration {
        max(.zero, observedEnd - start)
    }

    /// How long the host stalled between two moments: by so much may what was measured between them be wrong.
    package func stall(from start: Stamp, to end: Stamp) -> Duration {
        history.stall(from: start, to: end)
    }

    /// Judges a time measured between two stamps, with the stalls between them as its uncertainty.
    package func judge(from start: Stamp, to end: Stamp, window: TimeWindow) -> WindowJudgement {
        WindowJudgement.judge(observed: end - start, window: window, uncertainty: stall(from: start, to: end))
    }

    /// The moments at which a process of the dispatcher ended or was told to with a signal that cannot be refused.
    ///
    /// That a program which is run once for each event ends by itself is no death: its work was done.
    package var deaths: [Stamp] { history.deaths }
}

extension ScenarioHistory {
    /// The stated end of the observation, or the last thing seen when the evidence was cut short.
    var observedEnd: Stamp {
        if let observation { return observation.at }
        let seen =
            attempts.map { $0.ended?.answerEnded ?? $0.arrived.firstByte } + emissions.map(\.at) + changes.map(\.at)
        return seen.max() ?? Stamp(nanoseconds: 0)
    }

    func stall(from start: Stamp, to end: Stamp) -> Duration {
        stalls.reduce(.zero) { sum, stall in
            let began = max(stall.value.began, start)
            let ended = min(stall.at, end)
            return began < ended ? sum + (ended - began) : sum
        }
    }

    var deaths: [Stamp] {
        lives.flatMap { life in
            let kills = life.signals.filter { $0.value.signal == "KILL" }.map(\.at)
            guard let exited = life.exited else { return kills }
            let isDone = exited.value.expected && life.signals.isEmpty && exited.value.status.hasPrefix("exit")
            return isDone ? kills : kills + [exited.at]
        }
    }
}
