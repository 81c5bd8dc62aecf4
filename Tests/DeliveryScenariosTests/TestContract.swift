import DeliveryScenarios
import Foundation
import Notation
import WebhookContracts

/// A contract made for a test, and scenarios under it.
enum TestContract {
    private static let text = """
        provider: Test
        slug: test
        documents: { Doc: a test }
        transport: unstated
        endpoint: unstated
        gates: unstated
        events: [{ name: job.created, wire_name: unstated, occasion: unstated, example: event.json }]
        publication: unstated
        headers: unstated
        body: unstated
        signature: unstated
        response_limit: unstated
        latency: unstated
        success: unstated
        retry: unstated
        dedup: unstated
        guarantee: unstated
        ordering: unstated
        disablement: unstated
        delivery_log: unstated
        """

    /// Two events, a gate on one of them, a limit of 1 s, two retries after 5 and 10 minutes, and sources.
    static func make(_ change: (inout Contract) throws -> Void = { _ in }) throws -> Contract {
        var contract = try base()
        contract.events = ["job.created", "job.deleted"].map {
            EventTerms(name: $0, wireName: .unstated, occasion: .unstated, examplePath: "", example: nil)
        }
        contract.gates = [Gate(name: "api-enabled", events: ["job.deleted"], rule: .unstated)]
        contract.responseLimit = .says(ResponseLimit(total: .seconds(1), measuredFrom: .start))
        contract.retry.delays = .says([.seconds(300), .seconds(600)])
        contract.endpoint.sourceFilter = .says(["ui"])
        contract.variants = [VariantSummary(name: "era-a", says: "the first era")]
        try change(&contract)
        return contract
    }

    /// A contract that says nothing but that there is an event, read from a folder of its own.
    private static func base() throws -> Contract {
        let folder = FileManager.default.temporaryDirectory.appending(path: "contract-\(UUID().uuidString)/test")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            do {
                try FileManager.default.removeItem(at: folder.deletingLastPathComponent())
            } catch {
                print("the folder \(folder.path()) could not be removed: \(error)")
            }
        }
        try Data("{}".utf8).write(to: folder.appending(path: "event.json"))
        let path = folder.appending(path: "contract.yaml")
        try Data(text.utf8).write(to: path)
        return try ContractFile.load(path: path.path())
    }

    /// A scenario from the text of its file, which lies in `test/late.yaml`.
    static func scenario(_ text: String) throws -> Scenario {
        try ScenarioFile.read(SourceText(path: "test/late.yaml", text: text))
    }
}

extension Clause {
    /// A stated clause.
    static func says(_ value: Value) -> Clause { Clause(standing: .stated, value: value, source: "Doc") }
}
