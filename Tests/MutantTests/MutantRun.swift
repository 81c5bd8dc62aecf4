import ContractJudging
import Foundation
import Subprocess
import SystemPackage

/// Runs `hookassay` with a mutant as the dispatcher under test, as a user would.
struct MutantRun {
    /// What came of a run.
    struct Outcome {
        var exitStatus: Int32
        /// The checks that found a violated promise.
        var violated: Set<String>
        var output: String

        /// The entries of the catalogue that these checks cover.
        var codes: Set<String> {
            Set(violated.flatMap { CheckCatalogue.description(of: CheckID(rawValue: $0))?.codes ?? [] })
        }
    }

    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The folder of the programs this test was built with.
    static let programs: String = {
        // The test bundle lies beside the programs; the process that loads it does not.
        let bundle = ProcessInfo.processInfo.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
        return URL(filePath: bundle).resolvingSymlinksInPath().deletingLastPathComponent().path
    }()

    /// Runs one scenario (`<provider>/<name>`) against a mutant, or against the reference dispatcher when it is `nil`.
    static func run(_ scenario: String, mutant: String?) async throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appending(path: "hookassay-mutant-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let reference = repository.appending(path: "Scenarios/dispatchers/reference.yaml")
        var description = try String(contentsOf: reference, encoding: .utf8)
        if let mutant {
            description = description.replacing(
                "- \"{programs}/webhook-dispatcher\"\n",
                with: "- \"{programs}/mutant-dispatcher\"\n    - --mutant=\(mutant)\n"
            )
        }
        let dispatcher = folder.appending(path: "dispatcher.yaml")
        try Data(description.utf8).write(to: dispatcher)
        let result = try await Subprocess.run(
            .path(FilePath(programs + "/hookassay")),
            arguments: [
                "run", repository.appending(path: "Scenarios/\(scenario).yaml").path, "--dispatcher", dispatcher.path,
                "--out", folder.path, "--progress", "none",
            ],
            output: .string(limit: 4 * 1024 * 1024),
            error: .combinedWithOutput
        )
        let report = folder.appending(path: "TEST-hookassay.xml")
        let xml = (try? String(contentsOf: report, encoding: .utf8)) ?? ""
        let violated = xml.matches(of: /type="contract\.([a-z.\-]+)"/).map { String($0.output.1) }
        guard case .exited(let status) = result.terminationStatus else {
            return Outcome(exitStatus: -1, violated: Set(violated), output: result.standardOutput)
        }
        return Outcome(exitStatus: status, violated: Set(violated), output: result.standardOutput)
    }

    /// Every mutant there is, with the codes of the checks that have to notice.
    static func all() async throws -> [(name: String, codes: Set<String>)] {
        let result = try await Subprocess.run(
            .path(FilePath(programs + "/mutant-dispatcher")),
            arguments: ["--list"],
            output: .string(limit: 1024 * 1024)
        )
        return result.standardOutput.split(separator: "\n").map { line in
            let columns = line.split(separator: "\t").map(String.init)
            return (columns[0], Set(columns[1].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }))
        }
    }
}
