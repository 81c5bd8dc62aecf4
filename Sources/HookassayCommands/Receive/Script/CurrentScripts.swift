import DeliveryScenarios
import Synchronization

/// The scripts that the receivers play at the moment.
final class CurrentScripts: Sendable {
    private let state: Mutex<[String: ReplyScript]>

    init(_ endpoints: [ScenarioEndpoint]) {
        state = Mutex(Dictionary(endpoints.map { ($0.name, $0.script) }) { first, _ in first })
    }

    /// The script of an endpoint; `nil` when it is none of these.
    func script(of endpoint: String) -> ReplyScript? {
        state.withLock { $0[endpoint] }
    }

    func change(to script: ReplyScript, at endpoint: String) {
        state.withLock { $0[endpoint] = script }
    }
}
