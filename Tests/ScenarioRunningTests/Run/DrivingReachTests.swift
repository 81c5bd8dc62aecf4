import DeliveryScenarios
import DispatcherControl
import Notation
import ScenarioRunning
import Testing

@Suite struct `What a dispatcher's description lets a scenario do` {
    private func obstacle(_ step: String, _ description: String) throws -> String? {
        let scenario = try ScenarioFile.read(
            SourceText(
                path: "p/s.yaml",
                text: "scenario: S\nreceiver: [{ respond: 200 }]\nsteps: [\(step)]\n"
            )
        )
        let emit = "emit: { post: \"http://127.0.0.1:1/events\" }\n"
        let text = "dispatcher: D\n\(emit)\(description)"
        return DrivingReach.obstacle(
            to: scenario,
            with: try DispatcherFile.parse(SourceText(path: "d.yaml", text: text))
        )
    }

    private let running = "start: { command: [a] }\nready: { line: ready }\n"
    private let service = "services: [{ name: db, command: [postgres] }]\n"

    @Test func `names the service that is missing`() throws {
        #expect(try obstacle("pause: db", service) == nil)
        #expect(try obstacle("pause: db", "")?.contains("no service called 'db'") == true)
        #expect(try obstacle("resume: cache", service)?.contains("no service called 'cache'") == true)
    }

    @Test func `says that nothing takes the store away`() throws {
        #expect(try obstacle("store: unavailable", "store_outage: { sqlite: a.db }\n") == nil)
        #expect(try obstacle("store: unavailable", "")?.contains("store_outage") == true)
    }

    @Test func `says that there is only one program for each event`() throws {
        #expect(try obstacle("second-instance", running) == nil)
        #expect(try obstacle("second-instance", "")?.contains("no instances") == true)
        #expect(try obstacle("pause", "") == nil)
    }
}
