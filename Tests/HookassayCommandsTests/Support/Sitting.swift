import DeliveryEvidence
import Foundation
import ProgramRunning
import Testing

/// A person at a terminal: a folder, and `hookassay` run in it.
struct Sitting {
    let folder: URL

    /// Gives `body` a folder with a shop and these scenarios.
    static func with<Result>(
        _ scenarios: [String: String] = ["good": Shop.good],
        contract: String = Shop.contract,
        _ body: (Sitting) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryFolder { folder in
            try Shop.set(up: folder, scenarios, contract: contract)
            return try await body(Sitting(folder: folder))
        }
    }

    /// Runs `hookassay` in the folder.
    func hookassay(
        _ arguments: String...,
        environment: [String: String] = [:],
        meanwhile: @escaping @Sendable (_ processID: Int32) async throws -> Void = { _ in }
    ) async throws -> ProgramRun {
        try await ProgramRun.of(
            "hookassay",
            arguments,
            in: folder.path,
            environment: environment,
            meanwhile: meanwhile
        )
    }

    /// Writes a `dispatcher.yaml` for a shell script that stands for a dispatcher; its events go to `true`.
    func write(dispatcher name: String, script: String, ready: String = "line: ready, within: 120s") throws {
        try folder.write(
            """
            dispatcher: \(name)
            start:
              command:
                - sh
                - -c
                - |
                  \(script.replacing("\n", with: "\n      "))
            ready: { \(ready) }
            emit: { command: ["true"] }
            """,
            to: "\(name).yaml"
        )
    }

    /// The JUnit report of a run, after it was found to be well-formed and to stand alone.
    func report(_ out: String = "reports") throws -> String {
        let text = try folder.text(of: "\(out)/TEST-hookassay.xml")
        #expect(unclosed(text) == [], "\(text)")
        return text
    }

    /// The evidence of a run, which is only read when every line of it is sound.
    func evidence(_ out: String = "reports") throws -> EvidenceRun {
        try EvidenceReader.read(path: folder.appending(path: "\(out)/evidence.ndjson").path)
    }

    /// Waits until the evidence of a run that is under way has a text in it.
    func await(_ text: String, in out: String) async throws {
        let comes = try await comes {
            (try? folder.text(of: "\(out)/evidence.ndjson"))?.contains(text) == true
        }
        if !comes { Issue.record("'\(text)' never came to stand in the evidence") }
    }

    /// Expects that no process which the run started is left soon after it.
    func expectNobodyLeft(_ out: String = "reports", sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let text = try folder.text(of: "\(out)/evidence.ndjson")
        let started = text.matches(of: /"processID":(\d+)/).compactMap { Int32($0.output.1) }
        #expect(!started.isEmpty, "the run started nothing", sourceLocation: sourceLocation)
        for leader in started {
            let goes = try await comes { !isAlive(groupOf: leader) }
            #expect(goes, "process group \(leader) is left", sourceLocation: sourceLocation)
        }
    }

    /// Asks until something is so, and says whether it came to be so within five minutes.
    private func comes(_ condition: () -> Bool) async throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(300)
        while !condition() {
            guard ContinuousClock.now < deadline else { return false }
            try await Task.sleep(for: .milliseconds(10))
        }
        return true
    }

    /// Each process of a dispatcher leads a group of its own.
    private func isAlive(groupOf leader: Int32) -> Bool { kill(-leader, 0) == 0 }

    /// The elements that are not closed in the right order; empty for a document that is well-formed as to its tags.
    private func unclosed(_ document: String) -> [String] {
        var open: [String] = []
        for tag in document.matches(of: /<(\/?)([A-Za-z][\w\-]*)[^<>]*?(\/?)>/) {
            let name = String(tag.output.2)
            if tag.output.1 == "/" {
                guard open.last == name else { return open + ["/" + name] }
                open.removeLast()
            } else if tag.output.3.isEmpty {
                open.append(name)
            }
        }
        return document.hasPrefix("<?xml") && document.contains("</testsuites>") ? open : ["no report"]
    }
}
