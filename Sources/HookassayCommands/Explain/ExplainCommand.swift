import ArgumentParser
import ContractJudging
import Notation

/// `hookassay explain`: what a check asks, why, and what to do when it fails.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains a check: what it asks, why, who promises it, and how to mend what it found.",
        discussion: "Without an id, every check is listed with the promise it is about."
    )

    @Argument(help: "The id of a check, such as retry.gaps, or its code in the catalogue, such as Y2.")
    var check: String?

    func run() throws {
        guard let check else {
            StandardStreams.print(CheckIndex.lines().joined(separator: "\n"))
            return
        }
        switch CheckIndex.find(check) {
        case .pages(let pages):
            StandardStreams.print(pages.joined(separator: "\n\n"))
        case .notJudgeable(let entry):
            StandardStreams.print("\(entry.code) is not judged here: \(entry.reason)")
        case .unknown(let closest):
            let hint = closest.map { "did you mean '\($0)'?" } ?? "'hookassay explain' lists them"
            throw ValidationError("there is no check '\(VisibleText.of(check, atMost: 60))'; \(hint)")
        }
    }
}
