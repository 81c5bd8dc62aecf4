/// Starts processes and tells each what becomes of it, for one `withDispatcherUnderTest`.
///
/// What it owes every process it was given: at most one call of `started`, then its lines in order with `wrote`, and
/// in every case one call of `ended` at last. None of the calls may come from inside a call to the process.
package protocol ProcessHosting: Sendable {
    /// Starts `process` soon.
    ///
    /// Its start or its failure to start is told to the process itself.
    func launch(_ process: HostedProcess)

    /// Takes no more launches; `run` returns when the processes that were launched have ended.
    func finish()

    /// Hosts processes until `finish` was called and all of them have ended.
    ///
    /// Cancellation kills them; it returns when they are gone even then.
    func run() async
}
