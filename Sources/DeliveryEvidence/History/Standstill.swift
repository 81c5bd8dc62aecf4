/// A stretch in which the scenario kept the dispatcher, or something it needs, from going on.
package struct Standstill: Sendable, Hashable {
    /// What was kept from going on.
    package enum What: Sendable, Hashable {
        case dispatcher
        /// The service of that name.
        case service(String)
        case store

        /// Such as `the dispatcher was paused`.
        package var words: String {
            switch self {
            case .dispatcher: "the dispatcher was paused"
            case .service(let name): "the service '\(name)' was paused"
            case .store: "the store was unavailable"
            }
        }
    }

    package var what: What
    package var began: Stamp
    /// `nil` while it lasted to the end of the evidence.
    package var ended: Stamp?

    package init(what: What, began: Stamp, ended: Stamp? = nil) {
        self.what = what
        self.began = began
        self.ended = ended
    }
}

extension ScenarioHistory {
    /// Notes that something was kept from going on, or goes on again.
    mutating func interrupt(_ what: Standstill.What, isBegun: Bool, at stamp: Stamp) {
        let open = standstills.lastIndex { $0.what == what && $0.ended == nil }
        if isBegun, open == nil {
            standstills.append(Standstill(what: what, began: stamp))
        } else if !isBegun, let open {
            standstills[open].ended = max(stamp, standstills[open].began)
        }
    }

    /// Takes a signal that pauses or resumes; an end or a new life resumes too.
    mutating func noteInterruption(by event: EvidenceEvent, at stamp: Stamp) {
        switch event {
        case .dispatcherSignalled(let value) where value.signal == "STOP" || value.signal == "CONT":
            interrupt(Self.part(value.service), isBegun: value.signal == "STOP", at: stamp)
        case .dispatcherExited(let value): interrupt(Self.part(value.service), isBegun: false, at: stamp)
        default: break
        }
    }

    private static func part(_ service: String?) -> Standstill.What { service.map { .service($0) } ?? .dispatcher }
}
