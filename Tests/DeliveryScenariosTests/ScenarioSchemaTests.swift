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
        seed: 7
        endpoints:
          a:
            receiver:
              - respond: 500
              - respond:
                  { status: 200, after: 900ms, headers: { Retry-After: 120, X: [a, b] }, body: ok, hold_body: 1s,
                    drip: { body: 1 byte, every: 100ms } }
              - fault: hang inside body
              - fault: { kind: RANDOM_DATA_THEN_CLOSE, at: inside body, bytes: 10, body: "0123456789", headers: { A: b } }
              - fault: { kind: slow-read, bytes: 1KiB, every: 1s, after: { between: 1s..3s } }
              - fault: { kind: goaway, code: CANCEL }
              - fault: { kind: latency, latency: 1000, jitter: 100 }
              - { fault: refuse for 5s }
              - { fault: reset after 17 bytes of the body, every: 3rd }
              - { respond: 503, with: 20 % seed 7 }
              - { respond: 503, from: 5m, for: 10m }
              - { respond: 503, times: 3 }
              - respond:
                  { status: 503, reason: No, size: 5 MiB, early: true, hold_headers: 1s,
                    after: { lognormal: { median: 1s, sigma: 0.5, at most: 30s } }, slow_read: { bytes: 9, every: 1s },
                    interim: [103, { status: 102, after: 1s, headers: { Link: a } }] }
              - respond: { status: 200, gzip_bomb: 1 GiB, after: 1s..3s }
            http2: true
            seed: 8
            handshake: [{ kind: cloudevents, rate: 120 }]
            secret: false
            auth: basic
            events: [job.created]
            tls: self-signed
            scheme: https
            target: "/hooks?a=b"
            source: ui
            enabled: false
          b: { receiver: [{ fault: reset }], events: all, handshake: [slack, discord] }
          c:
            handshake: { kind: zoom, secret: hush }
            match:
              - name: orders
                when:
                  method: [POST, PUT]
                  path: { starts_with: /orders }
                  headers: { X-Foo: present, X-Bar: { like: "a*" } }
                receiver: [{ respond: 503 }]
              - when: { path: /x }
                receiver: [{ respond: 410 }]
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
          - at: { attempt: 2, point: received, endpoint: a, within: 1m }
          - pause
          - resume:
          - pause: database
          - resume: database
          - store: unavailable
          - store: available
          - second-instance
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

    @Test func `and reader take rules without a receiver`() throws {
        let text = """
            scenario: Rules
            endpoint: { match: [{ when: { path: /x }, receiver: [{ respond: 410 }] }] }
            steps: [quiet]
            """
        let source = SourceText(path: "p/rules.yaml", text: text)
        #expect(try problems(in: source).isEmpty)
        #expect(throws: Never.self) { try ScenarioFile.read(source) }
    }

    @Test func `knows every fault and every certificate`() throws {
        for name in Fault.Kind.allCases.map(\.rawValue) {
            let time = name == "refuse" || name == "blackhole" ? " for 5s" : ""
            let texts = ["fault: \(name)\(time)", "fault: { kind: \(name) }"]
            for text in texts {
                let scenario = "scenario: A\nreceiver: [{ \(text) }]\nsteps: [quiet]\n"
                #expect(try problems(in: SourceText(path: "p/all.yaml", text: scenario)).isEmpty, "\(text)")
            }
        }
        for identity in ReceiverIdentity.allCases where identity != .plain {
            let text =
                "scenario: A\nreceiver: [{ respond: 200 }]\nendpoint: { tls: \(identity.rawValue) }\nsteps: [quiet]\n"
            let source = SourceText(path: "p/all.yaml", text: text)
            #expect(try problems(in: source).isEmpty, "\(identity)")
            #expect(try ScenarioFile.read(source).endpoints.first?.identity == identity)
        }
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
            ("seed: 8", "seed: -8"),
            ("http2: true", "http2: yes"),
            ("every: 3rd }", "every: third }"),
            ("with: 20 %", "with: 20"),
            ("times: 3", "times: 0"),
            ("at most: 30s", "most: 30s"),
            ("between: 1s..3s", "between: 1s"),
            ("bytes: 9, every", "bytes: 0, every"),
            ("interim: [103,", "interim: [101,"),
            ("kind: goaway", "kind: go-away"),
            ("latency: 1000", "latency: 1s"),
            ("size: 5 MiB", "size: 5"),
            ("respond: 503, times: 3", "respond: 503, fault: reset"),
            ("kind: zoom", "kind: teams"),
            ("handshake: [slack,", "handshake: [zoom,"),
            ("when: { path: /x }", "when: {}"),
            ("{ like:", "{ lik:"),
            ("name: orders", "name: Orders"),
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
