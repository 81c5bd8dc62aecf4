import Dispatch
import Glibc

/// Delivers one event with Dispatch alone: timer sources are both the 30 s limit and the pauses of 5 and 10 minutes.
@main
struct TimerDispatcher {
    static func main() {
        let delivery = Delivery()
        DispatchQueue.main.async { delivery.attempt() }
        dispatchMain()
    }
}

/// The state of the delivery, touched on the main queue only.
@MainActor
final class Delivery {
    private let url = HookURL.fromEnvironment
    private var pauses = [300, 600][...]
    private var timer: (any DispatchSourceTimer)?

    nonisolated init() {}

    func attempt() {
        guard let call = HookCall(url: url) else { return ended(nil) }
        after(seconds: 30) { call.abandon() }
        DispatchQueue.global().async {
            let status = call.status()
            DispatchQueue.main.async {
                self.timer?.cancel()
                call.close()
                self.ended(status)
            }
        }
    }

    private func ended(_ status: Int?) {
        print(status.map(String.init) ?? "no answer")
        guard status != 200, let pause = pauses.popFirst() else { exit(status == 200 ? 0 : 1) }
        after(seconds: pause) { self.attempt() }
    }

    private func after(seconds: Int, _ action: @escaping @MainActor @Sendable () -> Void) {
        let timer = DispatchSource.makeTimerSource(queue: .main)
        timer.schedule(deadline: .now() + .seconds(seconds))
        timer.setEventHandler { MainActor.assumeIsolated(action) }
        timer.activate()
        self.timer = timer
    }
}
