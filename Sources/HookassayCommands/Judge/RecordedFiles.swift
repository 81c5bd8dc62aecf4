import DeliveryEvidence
import DeliveryScenarios
import Foundation
import Notation
import WebhookContracts

/// Finds the files that a run was made with, by what its evidence says of them.
///
/// Each is looked for where the run had it, seen from the folder in which the command runs, and then seen from the folder of
/// the evidence. Of several the one that is as it was comes first.
struct RecordedFiles {
    /// The evidence log.
    let evidence: String
    /// A contract that is to be judged by instead of the recorded ones; `nil` for those.
    let newerContract: String?

    /// A scenario with the contract that it is judged by.
    struct Found {
        /// With the id and the path that the run had.
        var scenario: Scenario
        var contract: Contract
        /// What is not as it was when the run was made, one sentence each.
        var warnings: [String]
    }

    /// Reads the scenario and the contract of a history.
    ///
    /// - Throws: a ``JudgeError`` when one is not to be found or cannot be read.
    func find(_ opened: ScenarioOpened, of id: String) throws(JudgeError) -> Found {
        var warnings: [String] = []
        var scenario = try load(opened.file, "scenario", of: id, asIn: opened.scenarioFingerprint) {
            path throws(DiagnosticList) in
            let scenario = try ScenarioFile.load(path: path)
            return (scenario, scenario.fingerprint)
        }
        if scenario.value.fingerprint != opened.scenarioFingerprint {
            warnings.append(changed(scenario.path, "scenario"))
        }
        let contract: Contract
        let variants = scenario.value.variants
        if let newerContract {
            contract = try Self.reading(newerContract) { path throws(DiagnosticList) in
                try ContractFile.load(path: path, variants: variants)
            }
        } else {
            let found = try load(opened.contract, "contract", of: id, asIn: opened.contractFingerprint) {
                path throws(DiagnosticList) in
                let contract = try ContractFile.load(path: path, variants: variants)
                return (contract, contract.fingerprint)
            }
            var read = found.value
            if read.fingerprint != opened.contractFingerprint { warnings.append(changed(found.path, "contract")) }
            read.path = opened.contract
            contract = read
        }
        // Verdicts name the files as the run did, wherever they were found.
        scenario.value.id = id
        scenario.value.path = opened.file
        scenario.value.clock = opened.clock == "real" ? .real : .warped
        let plan = ScenarioPlan.make(scenario.value, contract)
        return Found(scenario: plan.scenario, contract: plan.contract, warnings: warnings)
    }

    private func changed(_ path: String, _ noun: String) -> String {
        let wayOut =
            noun == "contract"
            ? "give the contract on purpose with --contract to say that this is meant"
            : "bring the file back as it was to judge what was asked for"
        return "the \(noun) '\(path)' is not what it was when the run was made; verdicts are by what it says now;"
            + " \(wayOut)"
    }

    private func load<Value>(
        _ recorded: String,
        _ noun: String,
        of id: String,
        asIn fingerprint: String,
        _ read: (String) throws(DiagnosticList) -> (Value, String)
    ) throws(JudgeError) -> (value: Value, path: String) {
        var first: (value: Value, path: String)?
        var problem: JudgeError?
        for path in candidates(recorded) where FileManager.default.fileExists(atPath: path) {
            do {
                let (value, found) = try Self.reading(path, read)
                if found == fingerprint { return (value, path) }
                first = first ?? (value, path)
            } catch {
                problem = problem ?? error
            }
        }
        if let first { return first }
        throw problem
            ?? JudgeError(
                "\(evidence): the \(noun) of \(id), '\(recorded)', is not there; judge in the folder in which the run was made,"
                    + " or put the file beside the evidence"
            )
    }

    /// Where a file may be.
    private func candidates(_ recorded: String) -> [String] {
        let beside = URL(filePath: evidence).deletingLastPathComponent()
        let relative = recorded.hasPrefix("/") ? String(recorded.drop { $0 == "/" }) : recorded
        let name = URL(filePath: recorded).lastPathComponent
        var paths = [recorded, beside.appending(path: relative).path, beside.appending(path: name).path]
        let folder = URL(filePath: recorded).deletingLastPathComponent().lastPathComponent
        if !folder.isEmpty, folder != "/" { paths.append(beside.appending(path: folder).appending(path: name).path) }
        var seen: Set<String> = []
        return paths.filter { seen.insert($0).inserted }
    }

    private static func reading<Value>(
        _ path: String,
        _ read: (String) throws(DiagnosticList) -> Value
    ) throws(JudgeError) -> Value {
        do {
            return try read(path)
        } catch {
            throw JudgeError(LoadedScenario.rendered(error.diagnostics))
        }
    }
}
