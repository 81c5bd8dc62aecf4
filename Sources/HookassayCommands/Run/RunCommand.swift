import ArgumentParser
import DeliveryScenarios
import Notation
import WebhookContracts

/// `hookassay run`: drives the dispatcher under test, judges it, reports.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs scenarios against a dispatcher, judges what happened and writes the reports.",
        discussion: """
            Without paths, every scenario under Scenarios/ is run. Without --dispatcher, the reference dispatcher is driven.
            """
    )

    @Argument(help: "Scenario files, or folders of them.")
    var paths: [String] = []

    @Option(name: .shortAndLong, help: "The dispatcher.yaml of the dispatcher under test.")
    var dispatcher: String?

    @Option(name: .shortAndLong, help: "How many scenarios run at the same time.")
    var jobs = 8

    @Option(help: "Only scenarios of this provider (its folder's name); may be repeated.")
    var provider: [String] = []

    @Option(help: "Only scenarios with this tag; may be repeated.")
    var tag: [String] = []

    @Option(name: .shortAndLong, help: "The folder for the reports and the evidence.")
    var out = "reports"

    @Option(help: "By which clock: as the scenario says, or real, warped, warped:trace or warped:preload for all.")
    var clock = ClockSelection.asWritten

    @Option(help: "The seed of everything that is drawn at random, but for secrets.")
    var seed: UInt64?

    @Flag(
        help: """
            Capture the packets of each scenario, with the TLS keys, into captures/ beside the evidence. The files hold \
            secrets in the clear. Wants the capability CAP_NET_RAW.
            """
    )
    var pcap = false

    @Flag(
        help: """
            Keep no keyring.json beside the evidence. It holds the throwaway secrets of this run, without which \
            `hookassay judge` cannot check signatures.
            """
    )
    var noKeyring = false

    @Flag(help: "List every clause of the contracts that no scenario put to the test.")
    var coverage = false

    @Flag(help: "Begin no further scenario after the first violated promise.")
    var failFast = false

    @Option(help: "How progress is shown: auto, plain or none.")
    var progress = ProgressStyle.auto

    func validate() throws {
        if jobs < 1 { throw ValidationError("--jobs wants at least 1, not \(jobs)") }
        if out.isEmpty { throw ValidationError("--out wants the name of a folder") }
    }

    func run() async throws {
        let files: [String]
        do {
            files = try ScenarioDiscovery.files(paths)
        } catch {
            StandardStreams.complain(error.rendered(in: nil))
            throw ExitStatus.fileWrong.exit
        }
        let loaded = files.map { LoadedScenario(path: $0) }.filter(isSelected)
        guard !loaded.isEmpty else {
            StandardStreams.complain("hookassay: no scenario is selected\(selection); see 'hookassay scenario list'")
            throw ExitStatus.nothingSelected.exit
        }
        try LoadedScenario.refuseSharedIDs(in: loaded.map(\.path))
        for case .plan(_, let warnings) in loaded where !warnings.isEmpty { StandardStreams.complain(warnings) }
        let status = try await RunExecution(
            loaded: loaded,
            dispatcher: DispatcherChoice.load(dispatcher),
            dispatcherPath: dispatcher,
            selection: clock,
            out: out,
            jobs: jobs,
            seed: seed ?? UInt64.random(in: .min ... .max),
            failFast: failFast,
            capturesPackets: pcap,
            keepsKeys: !noKeyring,
            listsCoverage: coverage,
            progress: progress
        ).run()
        if status != .held { throw status.exit }
    }

    /// A broken file is selected whatever its tags: they cannot be read.
    private func isSelected(_ loaded: LoadedScenario) -> Bool {
        let folder = LoadedScenario.id(of: loaded.path).prefix { $0 != "/" }
        guard provider.isEmpty || provider.contains(String(folder)) else { return false }
        guard let plan = loaded.plan, !tag.isEmpty else { return true }
        return tag.contains { plan.scenario.tags.contains($0) }
    }

    private var selection: String {
        var parts: [String] = []
        if !provider.isEmpty { parts.append("provider \(provider.joined(separator: ", "))") }
        if !tag.isEmpty { parts.append("tag \(tag.joined(separator: ", "))") }
        return parts.isEmpty ? "" : " by " + parts.joined(separator: " and ")
    }
}

/// How progress is shown.
enum ProgressStyle: String, ExpressibleByArgument, CaseIterable {
    /// A moving line on a terminal, one line a scenario elsewhere.
    case auto
    /// One line a scenario.
    case plain
    case none
}
