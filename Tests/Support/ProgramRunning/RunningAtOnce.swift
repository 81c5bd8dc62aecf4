/// Lets only a few runs go on at the same time, so that a small host does not make the runs themselves late.
package actor RunningAtOnce {
    /// Shared by all tests that run programs.
    package static let few = RunningAtOnce(limit: 6)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    package init(limit: Int) {
        free = limit
    }

    /// Runs `body` when a place is free.
    package func run<Result: Sendable>(_ body: @Sendable () async throws -> Result) async throws -> Result {
        await enter()
        defer { leave() }
        return try await body()
    }

    private func enter() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
