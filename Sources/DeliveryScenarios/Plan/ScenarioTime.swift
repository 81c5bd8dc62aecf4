/// Adds up how long the steps of a scenario take when everything goes as promised.
struct ScenarioTime {
    let forecast: RetryForecast

    /// Starting a process and registering endpoints, roughly.
    private static let start = Duration.seconds(1)
    private static let emission = Duration.milliseconds(20)

    func total(of steps: [Step]) -> Duration {
        var total = Self.start
        // What part of the longest course of a delivery has passed since the last emission.
        var passed = Duration.zero
        for step in steps {
            let taken = time(of: step.action, after: passed)
            total += taken
            if case .emit = step.action { passed = .zero } else { passed += taken }
        }
        return total
    }

    private func time(of action: StepAction, after passed: Duration) -> Duration {
        switch action {
        case .emit: Self.emission
        case .burst(_, let count): Self.emission * count
        case .wait(let duration): duration
        case .awaitAttempts(let count, let endpoint, let within):
            min(within, max(.zero, arrival(ofAttempt: count, at: endpoint) - passed))
        case .quiet(let atLeast): max(.zero, longestCourse - passed) + (atLeast ?? forecast.quietWindow)
        case .enable, .disable, .delete, .rotate, .test, .readdress, .redeliver, .readLog: Self.emission
        case .kill, .stop: .milliseconds(200)
        case .restart: Self.start
        case .at(let point):
            min(point.within, max(.zero, arrival(ofAttempt: point.attempt, at: point.endpoint) - passed))
        case .pause, .resume, .store: Self.emission
        case .secondInstance: Self.start
        }
    }

    private var longestCourse: Duration {
        forecast.courses.map { $0.course.delays.reduce($0.course.answering, +) }.max() ?? .zero
    }

    private func arrival(ofAttempt count: Int, at endpoint: String?) -> Duration {
        let courses = forecast.courses.filter { endpoint == nil || $0.endpoint == endpoint }
        return courses.map { $0.course.delays.prefix(max(0, count - 1)).reduce(.zero, +) }.min() ?? .zero
    }
}
