import UnixSignals

/// Ends a run on SIGINT or SIGTERM in an orderly way.
enum Interruption {
    /// Runs `body`; a signal cancels it, and it is waited for. Returns the status of the signal, if one came.
    ///
    /// - Throws: what `body` throws, but for the cancellation that a signal caused.
    static func watch(_ body: @escaping @Sendable () async throws -> Void) async throws -> ExitStatus? {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        return try await withThrowingTaskGroup(of: ExitStatus?.self) { group in
            group.addTask {
                try await body()
                return nil
            }
            group.addTask {
                for await signal in signals {
                    StandardStreams.complain(
                        "\nhookassay: interrupted; ending what was started and writing the reports"
                    )
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
}
