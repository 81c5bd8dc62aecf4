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
    /// The name in the `dispatcher.yaml`; `nil` where no dispatcher is driven, and in logs of version 0.1.
    package var dispatcher: String?

    package init(
        format: Int,
        tool: String,
        seed: UInt64,
        clock: String,
        host: String,
        cores: Int,
        startedAt: String,
        dispatcher: String? = nil
    ) {
        self.format = format
        self.tool = tool
        self.seed = seed
        self.clock = clock
        self.host = host
        self.cores = cores
        self.startedAt = startedAt
        self.dispatcher = dispatcher
    }
}

/// The end of a run.
package struct RunClosed: Sendable, Hashable, Codable {
    /// Says that a signal ended the run before every scenario had finished.
    package var interrupted: Bool
    /// Which signal that was, such as `INT`; `nil` when none came, and in logs of version 0.1.
    package var signal: String?

    package init(interrupted: Bool, signal: String? = nil) {
        self.interrupted = interrupted
        self.signal = signal
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
    /// The variants of the contract it names; `nil` in logs of version 0.1.
    package var variants: [String]?

    package init(file: String, title: String, provider: String, reason: String, variants: [String]? = nil) {
        self.file = file
        self.title = title
        self.provider = provider
        self.reason = reason
        self.variants = variants
    }
}

/// A scenario that was selected and not run, for a reason that is no skipping: its file is wrong, or the run ended first.
package struct ScenarioNotRun: Sendable, Hashable, Codable {
    package enum Cause: String, Sendable, Hashable, Codable {
        /// The scenario or its contract cannot be used as it is written.
        case broken
        /// The run ended before it began.
        case notReached = "not reached"
    }

    package var file: String
    package var title: String
    package var provider: String
    package var variants: [String]
    package var cause: Cause
    /// The problems of a file that is wrong, as they were shown; `nil` otherwise.
    package var problems: String?

    package init(
        file: String,
        title: String,
        provider: String,
        variants: [String],
        cause: Cause,
        problems: String? = nil
    ) {
        self.file = file
        self.title = title
        self.provider = provider
        self.variants = variants
        self.cause = cause
        self.problems = problems
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

/// How late the harness's own timers woke it up when the run began, on the host's clock.
///
/// What it measures in real time is uncertain by as much even while nothing stalls.
package struct HarnessCalibrated: Sendable, Hashable, Codable {
    /// How many timers were waited for.
    package var wakeUps: Int
    /// Half of them were no later than this.
    package var median: Stamp
    /// 99 of 100 were no later than this.
    package var late: Stamp
    /// None was later than this.
    package var latest: Stamp

    package init(wakeUps: Int, median: Stamp, late: Stamp, latest: Stamp) {
        self.wakeUps = wakeUps
        self.median = median
        self.late = late
        self.latest = latest
    }
}

/// Records were lost because they came faster than they could be written.
package struct EvidenceDropped: Sendable, Hashable, Codable {
    package var count: Int

    package init(count: Int) {
        self.count = count
    }
}
