import ArgumentParser
import FaultProving
import Foundation

/// `hookassay doctor`: proves on this host every fault the mock receiver can produce.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Proves on this host every fault the mock receiver can produce.",
        discussion: """
            Each fault is scripted at a receiver of its own and met by two victims, a raw socket and libcurl. What they saw \
            is held against what was asked for and against the receipt in the receiver's evidence. Exits 0 when every \
            fault is real here, as far as it can be found out, and 1 when one is not.
            """
    )

    @Option(help: "Prove only what has this text in its name, such as \"inside body\" or goaway.")
    var grep: String?

    @Option(help: "How many proofs are made side by side.")
    var width = 12

    @Flag(help: "Print one JSON object instead of tables.")
    var json = false

    func validate() throws {
        guard (1...64).contains(width) else { throw ValidationError("--width is a number from 1 to 64") }
        guard proofs.isEmpty else { return }
        throw ValidationError("no proof has '\(grep ?? "")' in its name; leave --grep out to see all names")
    }

    private var proofs: [FaultProof] {
        guard let grep = grep?.lowercased() else { return ProofCatalogue.all }
        return ProofCatalogue.all.filter { "\($0.name) \($0.transport.rawValue)".lowercased().contains(grep) }
    }

    func run() async throws {
        let start = SuspendingClock().now
        async let facts = HostFacts.gather()
        let results = try await DoctorProofs.make(proofs, width: width)
        let findings = DoctorFindings(
            results: results,
            facts: await facts,
            took: start.duration(to: SuspendingClock().now)
        )
        StandardStreams.print(json ? try findings.json() : findings.lines.joined(separator: "\n"))
        if findings.isSick { throw ExitCode(1) }
    }
}
