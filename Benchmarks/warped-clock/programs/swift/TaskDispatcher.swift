import Dispatch

/// Delivers one event with structured concurrency: Task.sleep is the 30 s limit and the pauses of 5 and 10 minutes.
@main
struct TaskDispatcher {
    static func main() async throws {
        let url = HookURL.fromEnvironment
        let clock = ContinuousClock()
        for pause in [Duration.seconds(300), .seconds(600), nil] {
            let started = clock.now
            let status = await attempt(url)
            print(status.map(String.init) ?? "no answer", "after", clock.now - started)
            guard status != 200, let pause else { return }
            try await Task.sleep(for: pause)
        }
    }

    private static func attempt(_ url: HookURL) async -> Int? {
        guard let call = HookCall(url: url) else { return nil }
        defer { call.close() }
        return await withTaskGroup(of: Void.self, returning: Int?.self) { group in
            group.addTask {
                guard (try? await Task.sleep(for: .seconds(30))) != nil else { return }
                call.abandon()
            }
            let status = await withCheckedContinuation { answer in
                DispatchQueue.global().async { answer.resume(returning: call.status()) }
            }
            group.cancelAll()
            return status
        }
    }
}
