import Glibc

/// Finds out which engine works on this host, by running a tiny program under each.
package enum WarpProbe {
    /// What was found.
    package struct Finding: Sendable, Hashable, Codable {
        /// The engine to use; `nil` when none works here.
        package var engine: WarpEngineKind?
        /// Why the engines before it do not work, or why none does; `nil` when the first does.
        package var reason: String?
    }

    /// Tries the engines in order until one works.
    ///
    /// - Parameters:
    ///   - kinds: the engines to try.
    ///   - library: the path of the preload engine's library.
    package static func find(
        among kinds: [WarpEngineKind] = WarpEngineKind.allCases,
        library: String?
    ) async -> Finding {
        var reasons: [String] = []
        for kind in kinds {
            guard let reason = await failure(of: kind, library: library) else {
                return Finding(engine: kind, reason: reasons.isEmpty ? nil : reasons.joined(separator: "; "))
            }
            reasons.append("\(kind.rawValue): \(reason)")
        }
        return Finding(engine: nil, reason: reasons.joined(separator: "; "))
    }

    /// How long the tiny program sleeps by the virtual clock.
    private static let nap = Duration.seconds(600)
    /// How long it may take by the real one.
    private static let limit = Duration.seconds(20)

    /// Why an engine does not work here; `nil` when it does.
    private static func failure(of kind: WarpEngineKind, library: String?) async -> String? {
        if kind == .preload {
            guard let library, access(library, R_OK) == 0 else {
                return "its library '\(library ?? "")' is not there"
            }
        }
        let (news, tell) = AsyncStream.makeStream(of: String?.self)
        let began = SuspendingClock().now
        do {
            return try await withWarpSession(
                WarpOptions(engine: kind, library: library) { event, _ in
                    switch event {
                    case .refused(let why), .stuck(let why): tell.yield(why)
                    default: break
                    }
                }
            ) { session in
                let origin = session.clock.now
                session.launch(
                    WarpProgram(
                        command: ["/bin/sleep", "\(nap.components.seconds)"],
                        environment: ["PATH": "/usr/bin:/bin"],
                        onOutput: { _ in },
                        onEnd: { end in
                            switch end {
                            case .exited(0): tell.yield(nil)
                            case .notStarted(let code): tell.yield("a program cannot be started (\(text(of: code)))")
                            default: tell.yield("a program ended with \(end)")
                            }
                        }
                    )
                )
                for await problem in news {
                    if let problem { return problem }
                    let slept = origin.duration(to: session.clock.now)
                    let took = began.duration(to: SuspendingClock().now)
                    if slept < nap { return "a sleep of \(nap) ended after \(slept)" }
                    return took < limit ? nil : "a sleep of \(nap) took \(took) of real time"
                }
                return "the trial was cancelled"
            }
        } catch {
            return "\(error)"
        }
    }

    private static func text(of code: Int32) -> String { String(cString: strerror(code)) }
}
