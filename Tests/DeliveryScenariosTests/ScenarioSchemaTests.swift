import DeliveryScenarios
import Foundation
import Notation
import Testing
import WebhookContracts

@Suite struct `Scenario schema` {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Scenarios")

    /// Every scenario that is shipped.
    private static var shipped: [String] {
        get throws {
            let folders = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            return try folders.filter { $0.hasDirectoryPath && $0.lastPathComponent != "dispatchers" }.flatMap {
                folder in
                try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                    .filter { $0.pathExtension == "yaml" && $0.lastPathComponent != "contract.yaml" }
                    .map { $0.path() }
            }
        }
    }

    private func schema() throws -> PayloadSchema {
        let text = try String(contentsOf: Self.folder.appending(path: "scenario.schema.json"), encoding: .utf8)
        return try PayloadSchema(json: text, name: "scenario.schema.json")
    }

    private func problems(in source: SourceText) throws -> [PayloadProblem] {
        let log = DiagnosticLog(source: source)
        let node = try #require(YAMLReader.parse(source, log: log))
        return try schema().problems(in: Array(node.json().compact().utf8))
    }

    private static var isAnyShipped: Bool { get throws { try !shipped.isEmpty } }

    @Test(.enabled("no scenario is shipped yet") { try isAnyShipped })
    func `lets every shipped scenario pass, and so does the reader`() throws {
        for path in try Self.shipped {
            let source = try SourceText.read(path: path)
            #expect(try problems(in: source).isEmpty, "\(path)")
            do {
                let scenario = try ScenarioFile.read(source)
                let contract = try ContractFile.load(path: scenario.contractPath, variants: scenario.variants)
                let list = DiagnosticList(ScenarioLint.check(scenario, contract))
                #expect(!list.hasErrors, "\(list.rendered(sources: [source]))")
            } catch {
                Issue.record("\(error.rendered(sources: [source]))")
            }
        }
    }

    private static let everything = """
        scenario: Everything
        why: To see.
        contract: contract.yaml
        variant: [a, b]
        clock: warped
        tags: [slow, s-2]
        endpoints:
          a:
            receiver:
              - respond: 500
              - respond:
                  { status: 200, after: 900ms, headers: { Retry-After: 120, X: [a, b] }, body: ok, hold_body: 1s,
                    drip: { body: 1 byte, every: 100ms } }
              - fault: hang inside body
            secret: false
            auth: basic
            events: [job.created]
            tls: self-signed
            scheme: https
            target: "/hooks?a=b"
            source: ui
            enabled: false
          b: { receiver: [{ fault: reset }], events: all }
        steps:
          - emit: job.created
          - emit: { event: e, with: { /a: [1, { b: null }] }, without: /b, source: api, closed_gates: g, again: 1 }
          - burst: { event: job.created, count: 50 }
          - await: { attempts: 2, endpoint: a, within: 1m30s }
          - wait: 2s
          - quiet: 5.5s
          - disable: a
          - enable: a
          - delete: b
          - kill
          - restart:
          - stop: 3s
          - quiet
        expect:
          attempts: exactly 3
          endpoints: { a: { attempts: 1..2 }, b: { attempts: 0 } }
          gaps: [5m ± 2%, 4m50s..5m30s, 10m -1s/+30s]
          registration: refused
          emission: accepted
        """

    @Test func `and reader take every key there is`() throws {
        let source = SourceText(path: "p/all.yaml", text: Self.everything)
        let problems = try problems(in: source)
        #expect(problems.isEmpty, "\(problems)")
        #expect(throws: Never.self) { try ScenarioFile.read(source) }
    }

    @Test(
        arguments: [
            ("clock: warped", "clokc: warped"),
            ("clock: warped", "clock: fast"),
            ("auth: basic", "auth: digest"),
            ("fault: reset", "fault: restart"),
            ("wait: 2s", "wait: 2"),
            ("wait: 2s", "wiat: 2s"),
            ("count: 50", "count: 0"),
            ("after: 900ms", "after: 900"),
            ("attempts: exactly 3", "attempts: three"),
            ("5m ± 2%", "5m"),
            ("{ status: 200, after", "{ after"),
            ("- kill", "- kil"),
            ("/a: [1", "a: [1"),
            ("  b: {", "  B: {"),
            ("endpoints:\n  a:", "receiver: [{ respond: 200 }]\nendpoints:\n  a:"),
        ]
    )
    func `and reader both refuse`(right: String, wrong: String) throws {
        let text = Self.everything.replacing(right, with: wrong)
        #expect(text != Self.everything)
        let source = SourceText(path: "p/all.yaml", text: text)
        #expect(try !problems(in: source).isEmpty)
        #expect(throws: DiagnosticList.self) { try ScenarioFile.read(source) }
    }
}
