import Glibc
import UnixSignals

/// Ends a run on SIGINT, SIGTERM or SIGHUP (the terminal went away) in an orderly way.
enum Interruption {
    /// Runs `body`; a signal cancels it, and it is waited for.
    ///
    /// Returns the status of the signal, if one came.
    ///
    /// SIGHUP counts as SIGTERM: the dispatchers are not of the terminal's session and would go on without it.
    ///
    /// - Throws: what `body` throws, but for the cancellation that a signal caused.
    ///
    /// - Parameter isQuiet: Says nothing of the signal.
    static func watch(
        quietly isQuiet: Bool = false,
        _ body: @escaping @Sendable () async throws -> Void
    ) async throws -> ExitStatus? {
        let trapped: [UnixSignal] = isIgnored(SIGHUP) ? [.sigint, .sigterm] : [.sigint, .sigterm, .sighup]
        let signals = await UnixSignalsSequence(trapping: trapped)
        return try await withThrowingTaskGroup(of: ExitStatus?.self) { group in
            group.addTask {
                try await body()
                return nil
            }
            group.addTask {
                for await signal in signals {
                    if !isQuiet {
                        StandardStreams.complain(
                            "\nhookassay: interrupted; ending what was started and writing the reports"
                        )
                    }
                    return signal == .sigint ? .interrupted : .terminated
                }
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let status = first else { return nil }
            group.cancelAll()
            do {
                while try await group.next() != nil {}
            } catch is CancellationError {
                // It ended because it was told to.
            }
            return status
        }
    }

    /// Says that whoever started the process, `nohup` for one, wants it to ignore `signal`.
    private static func isIgnored(_ signal: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(signal, nil, &action) == 0, let handler = action.__sigaction_handler.sa_handler else {
            return false
        }
        return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
