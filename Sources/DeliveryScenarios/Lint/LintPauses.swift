import Notation

/// What is paused has to be resumed, and cannot be asked for anything meanwhile.
extension LintRun {
    mutating func checkPauses() {
        // By service; the dispatcher itself is `nil`.
        var paused: [String?: Step] = [:]
        var storeGone: Step?
        for step in scenario.steps {
            switch step.action {
            case .pause(let service):
                if paused[service] != nil { notTwice("paused", step) }
                paused[service] = step
            case .resume(let service):
                if paused.removeValue(forKey: service) == nil { notTwice("resumed", step) }
            case .store(isAvailable: false):
                if storeGone != nil { notTwice("made unavailable", step) }
                storeGone = step
            case .store(isAvailable: true):
                if storeGone == nil { notTwice("made available", step) }
                storeGone = nil
            case .kill, .restart: paused[nil] = nil
            case .emit, .burst, .enable, .disable, .delete, .rotate, .stop, .readdress, .redeliver, .readLog:
                guard paused.keys.contains(nil) else { continue }
                error(
                    "the dispatcher is paused, so it cannot take this",
                    at: step.position,
                    help: "add `- resume` before it"
                )
            default: break
            }
        }
        for step in paused.values.sorted(by: { ($0.position?.line ?? 0) < ($1.position?.line ?? 0) }) {
            let what = step.action.summary
            error(
                "nothing undoes `\(what)`",
                at: step.position,
                help: "add `- re\(what == "pause" ? "sume" : "sume:" + what.dropFirst(5))` before the last step"
            )
        }
        if let storeGone {
            error(
                "the store stays unavailable",
                at: storeGone.position,
                help: "add `- store: available` before the last step"
            )
        }
    }

    private mutating func notTwice(_ what: String, _ step: Step) {
        let opposite =
            switch what {
            case "paused": "pause"
            case "resumed": "resume"
            default: "store"
            }
        error(
            "this cannot be \(what): it is already so",
            at: step.position,
            help: "let every `\(opposite)` have its counterpart before it comes again"
        )
    }
}
