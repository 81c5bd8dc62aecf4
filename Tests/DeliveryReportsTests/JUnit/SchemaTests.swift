import ContractJudging
import DeliveryReports
import Foundation
import Subprocess
import Testing

/// The schema that Jenkins' plugin holds reports against; not part of the project, so it may be missing.
private let schema: String = {
    var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    parts.removeLast(4)
    return parts.dropLast().joined(separator: "/") + "/shared/reference/xsd/jenkins-junit-10.xsd"
}()

private let canValidate =
    FileManager.default.fileExists(atPath: schema) && FileManager.default.fileExists(atPath: "/usr/bin/xmllint")

@Suite(.enabled(if: canValidate, "wants xmllint and the schema of Jenkins' xunit plugin beside the project"))
struct `Validity of JUnit reports` {
    /// What xmllint says about a report; nothing when it is valid.
    private func complaints(_ report: RunReport) async throws -> String {
        let result = try await run(
            .name("xmllint"),
            arguments: ["--noout", "--nonet", "--huge", "--schema", schema, "-"],
            input: .string(JUnitReport.render(report)),
            output: .string(limit: 100_000),
            error: .combinedWithOutput
        )
        return result.terminationStatus == .exited(0) ? "" : "not valid: " + result.standardOutput
    }

    @Test(.timeLimit(.minutes(20)))
    func `holds for every way a scenario can end`() async throws {
        #expect(try await complaints(Samples.all) == "")
        #expect(try await complaints(RunReport(run: Samples.facts, scenarios: [])) == "")
    }

    @Test(.timeLimit(.minutes(20)))
    func `holds for hostile text`() async throws {
        let everything = String(String.UnicodeScalarView((0...0x2FFF).compactMap { Unicode.Scalar($0) }))
        let texts = [everything, "]]>", "\u{1B}[31m", "\u{FFFE}\u{FFFF}\u{1FFFE}", "a\r\nb\tc", "<!--", "&#27;"]
        for text in texts {
            let verdicts = [
                Samples.verdict("a.b", .violated, text, subject: text, details: [text]),
                Samples.verdict("a.c", .unstated, text), Samples.verdict("a.d", .held, text),
            ]
            var scenario = Samples.scenario("a/b", Samples.judged("a/b", verdicts), variants: [text])
            scenario.title = text
            #expect(try await complaints(RunReport(run: Samples.facts, scenarios: [scenario])) == "")
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `is not taken for granted`() async throws {
        let result = try await run(
            .name("xmllint"),
            arguments: ["--noout", "--nonet", "--schema", schema, "-"],
            input: .string(JUnitReport.render(Samples.all).replacing("<skipped", with: "<left-out")),
            output: .string(limit: 100_000),
            error: .combinedWithOutput
        )
        #expect(result.terminationStatus != .exited(0))
    }
}
