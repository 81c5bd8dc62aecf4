/// How long a test waits for what has to come.
///
/// All tests begin at the same moment, and a small host lets some of them wait for many seconds until they get a turn.
let patience = Duration.seconds(300)

/// Asks until something is so, and says whether it came to be so in time.
func comes(_ condition: () -> Bool) async throws -> Bool {
    let deadline = ContinuousClock.now + patience
    while !condition() {
        guard ContinuousClock.now < deadline else { return false }
        try await Task.sleep(for: .milliseconds(5))
    }
    return true
}
