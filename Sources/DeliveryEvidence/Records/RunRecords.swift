/// The head of an evidence log.
package struct RunOpened: Sendable, Hashable, Codable {
    /// The version of the log's format; readers refuse a newer one.
    package var format: Int
    /// The version of the tool that wrote it.
    package var tool: String
    package var seed: UInt64
    /// `real` or `warped`.
    package var clock: String
    package var host: String
    package var cores: Int
    /// The wall-clock time at stamp 0, RFC 3339 in UTC with milliseconds.
    package var startedAt: String

    package init(format: Int, tool: String, seed: UInt64, clock: String, host: String, cores: Int, startedAt: String) {
        self.format = format
        self.tool = tool
        self.seed = seed
        self.clock = clock
        self.host = host
        self.cores = cores
        self.startedAt = startedAt
    }
}

/// The end of a run.
package struct RunClosed: Sendable, Hashable, Codable {
    /// Says that a signal ended the run before every scenario had finished.
    package var interrupted: Bool

    package init(interrupted: Bool) {
        self.interrupted = interrupted
    }
}

/// The head of one scenario's records.
package struct ScenarioOpened: Sendable, Hashable, Codable {
    package var file: String
    package var title: String
    package var provider: String
    package var contract: String
    /// SHA-256 of the contract file, lower-case hex.
    package var contractFingerprint: String
    /// SHA-256 of the scenario file, lower-case hex.
    package var scenarioFingerprint: String
    package var variants: [String]
    package var clock: String
    /// What drives the dispatcher: the name in its `dispatcher.yaml`.
    package var dispatcher: String

    package init(
        file: String,
        title: String,
        provider: String,
        contract: String,
        contractFingerprint: String,
        scenarioFingerprint: String,
        variants: [String],
        clock: String,
        dispatcher: String
    ) {
        self.file = file
        self.title = title
        self.provider = provider
        self.contract = contract
        self.contractFingerprint = contractFingerprint
        self.scenarioFingerprint = scenarioFingerprint
        self.variants = variants
        self.clock = clock
        self.dispatcher = dispatcher
    }
}

/// A scenario that was not run, and why.
package struct ScenarioSkipped: Sendable, Hashable, Codable {
    package var file: String
    package var title: String
    package var provider: String
    package var reason: String

    package init(file: String, title: String, provider: String, reason: String) {
        self.file = file
        self.title = title
        self.provider = provider
        self.reason = reason
    }
}

/// The end of a scenario; nothing of it is recorded later.
package struct ScenarioClosed: Sendable, Hashable, Codable {
    package init() {}
}

/// A step of the scenario begins.
package struct StepBegan: Sendable, Hashable, Codable {
    /// 1-based.
    package var step: Int
    package var text: String

    package init(step: Int, text: String) {
        self.step = step
        self.text = text
    }
}

/// A step of the scenario is done.
package struct StepEnded: Sendable, Hashable, Codable {
    package var step: Int
    /// What a reader should know of it, such as a wait that ended without what it waited for.
    package var note: String?

    package init(step: Int, note: String? = nil) {
        self.step = step
        self.note = note
    }
}

/// The moment after which silence proves nothing.
package struct ObservationEnded: Sendable, Hashable, Codable {
    /// Says that the scenario's last step was reached as planned.
    package var complete: Bool
    /// How long the receivers had been watched with nothing due, when the last step was `quiet`.
    package var quietFor: Stamp?
    package var why: String

    package init(complete: Bool, quietFor: Stamp?, why: String) {
        self.complete = complete
        self.quietFor = quietFor
        self.why = why
    }
}

/// The harness or the dispatcher failed, so that the scenario cannot be judged.
package struct HarnessFailed: Sendable, Hashable, Codable {
    /// `dispatcher`, `receiver`, `scenario`, `clock` or `harness`.
    package var component: String
    package var message: String

    package init(component: String, message: String) {
        self.component = component
        self.message = message
    }
}

/// The harness itself did not run for a while; what it measured in that time is uncertain by as much.
package struct HostStalled: Sendable, Hashable, Codable {
    /// When the stall began; it ended at the record's own stamp.
    package var began: Stamp

    package init(began: Stamp) {
        self.began = began
    }
}

/// Records were lost because they came faster than they could be written.
package struct EvidenceDropped: Sendable, Hashable, Codable {
    package var count: Int

    package init(count: Int) {
        self.count = count
    }
}
