import Notation

/// The dispatcher has to run when something is asked of it.
extension LintRun {
    mutating func checkLives() {
        var stoppedBy: Step?
        for step in scenario.steps {
            switch step.action {
            case .kill, .stop:
                if let earlier = stoppedBy {
                    error(
                        "the dispatcher does not run any more: `\(earlier.action.summary)` came before",
                        at: step.position,
                        help: "add `- restart` between them"
                    )
                }
                stoppedBy = step
            case .restart:
                if stoppedBy == nil {
                    error(
                        "the dispatcher still runs, so it cannot be started again",
                        at: step.position,
                        help: "add `- kill` or `- stop` before `- restart`"
                    )
                }
                stoppedBy = nil
            case .emit, .burst, .enable, .disable, .delete, .rotate, .test, .readdress, .redeliver, .readLog,
                .secondInstance:
                if let earlier = stoppedBy {
                    error(
                        "the dispatcher does not run after `\(earlier.action.summary)`, so it cannot take this",
                        at: step.position,
                        help: "add `- restart` before it"
                    )
                }
            case .wait, .awaitAttempts, .quiet, .at, .pause, .resume, .store: break
            }
        }
    }

    /// Says that a life of the dispatcher ends in the scenario, after which anything in flight may be sent again.
    var endsALife: Bool {
        scenario.steps.contains { step in
            switch step.action {
            case .kill, .stop: true
            default: false
            }
        }
    }
}
