import ContractJudging
import DeliveryScenarios
import Foundation
import Notation
import WebhookContracts

/// The contract of the golden messages, which is read from a file so that messages can show its lines.
enum ParcelContract {
    /// Reads the contract.
    ///
    /// - Parameter changes: texts of the file that are replaced before it is read.
    static func make(_ changes: [(String, String)] = [], variants: [String] = []) throws -> Contract {
        let file = GoldenMessage.folder.appending(path: "parcel/contract.yaml").path
        var text = try SourceText.read(path: file).text
        for (old, new) in changes {
            guard text.contains(old) else { throw NotInContract(text: old) }
            text = text.replacing(old, with: new)
        }
        var contract = try ContractFile.read(SourceText(path: file, text: text), variants: variants).contract
        // Messages show the path that was given; this one is the same on every machine.
        contract.path = "Scenarios/parcel/contract.yaml"
        contract.text = SourceText(path: contract.path, text: text)
        return contract
    }

    struct NotInContract: Error { let text: String }

    /// A run under the contract, whose only event is handed over at once.
    static func run(
        _ changes: [(String, String)] = [],
        variants: [String] = [],
        endpoints: [ScenarioEndpoint] = [HistoryMaker.endpoint("main")],
        scenario: String? = nil
    ) throws -> HistoryMaker {
        var maker = HistoryMaker(contract: try make(changes, variants: variants), endpoints: endpoints)
        let path = "Scenarios/parcel/retries.yaml"
        if let scenario {
            maker.scenario = try ScenarioFile.read(SourceText(path: path, text: scenario))
        }
        maker.scenario.id = "parcel/retries"
        maker.scenario.path = path
        maker.scenario.title = "Retries of a parcel service"
        maker.scenario.variants = variants
        maker.emit("parcel.sent")
        return maker
    }

    /// A run in which the first attempt fails after `held`, and others follow after the waits.
    static func retries(
        after waits: [Duration],
        held: Duration = .milliseconds(10),
        last: HistoryMaker.Answer = .status(200),
        _ changes: [(String, String)] = [],
        variants: [String] = []
    ) throws -> HistoryMaker {
        var maker = try run(changes, variants: variants)
        var moment = Duration.seconds(2)
        maker.attempt("e1", at: moment, answer: .status(500, after: held))
        for (index, wait) in waits.enumerated() {
            moment += held + wait
            let isLast = index == waits.count - 1
            maker.attempt("e1", at: moment, number: index + 2, answer: isLast ? last : .status(500, after: held))
        }
        return maker
    }
}
