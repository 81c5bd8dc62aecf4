import ArgumentParser
import Notation
import WebhookContracts

/// `hookassay contract`: what providers promise, and what they do not.
struct ContractCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contract",
        abstract: "Shows and checks contracts.",
        subcommands: [ContractList.self, ContractShow.self, ContractCheck.self]
    )
}

/// `hookassay contract list`.
struct ContractList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the providers and how much their documents say."
    )

    func run() async throws {
        let contracts = try ContractChoice.shipped().map { try ContractChoice.load($0, variants: []) }
        StandardStreams.print(ContractTable.list(contracts), terminator: "")
    }
}

/// `hookassay contract show`.
struct ContractShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Prints a contract as a table, with what is unstated."
    )

    @Argument(help: "A provider's folder name, or the path of a contract file.")
    var contract: String

    @Option(help: "A variant to apply; may be repeated.")
    var variant: [String] = []

    @Option(help: "The width of the table in characters.")
    var width = 120

    func validate() throws {
        if !(60...400).contains(width) { throw ValidationError("--width wants 60 to 400, not \(width)") }
    }

    func run() async throws {
        let loaded = try ContractChoice.load(try ContractChoice.path(of: contract), variants: variant)
        StandardStreams.print(ContractTable.text(loaded, width: width), terminator: "")
    }
}

/// `hookassay contract lint`.
struct ContractCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Looks for gaps and contradictions in contracts, in every variant."
    )

    @Argument(help: "Providers' folder names or paths of contract files; all shipped ones when left out.")
    var contracts: [String] = []

    func run() async throws {
        let paths = try contracts.isEmpty ? ContractChoice.shipped() : contracts.map { try ContractChoice.path(of: $0) }
        var isWrong = false
        for path in paths {
            let problems = ContractLint.problems(inFileAt: path)
            if problems.contains(where: { $0.severity == .error }) { isWrong = true }
            if !problems.isEmpty { StandardStreams.complain(LoadedScenario.rendered(problems)) }
        }
        if isWrong { throw ExitStatus.fileWrong.exit }
        let subject = paths.count == 1 ? "1 contract is" : "\(paths.count) contracts are"
        StandardStreams.print("\(subject) complete and without contradictions")
    }
}

/// Finds the contract a person means.
enum ContractChoice {
    /// The contract files of the shipped providers.
    ///
    /// - Throws: an exit code when there are none, after saying so.
    static func shipped() throws -> [String] {
        let paths = ScenarioDiscovery.contracts()
        guard paths.isEmpty else { return paths }
        StandardStreams.complain(
            "hookassay: there is no contract in 'Scenarios' here; give the path of a contract file, or go to where they are"
        )
        throw ExitStatus.nothingSelected.exit
    }

    /// The path of a contract file, given as such or as a provider's folder name.
    ///
    /// - Throws: an exit code, after saying what there is.
    static func path(of name: String) throws -> String {
        if name.contains("/") || name.hasSuffix(".yaml") { return name }
        let paths = try shipped()
        if let path = paths.first(where: { $0.hasSuffix("/\(name)/contract.yaml") }) { return path }
        let names = paths.compactMap { $0.split(separator: "/").dropLast().last.map(String.init) }
        let closest = Suggestion.closest(to: name, in: names).map { "did you mean '\($0)'?" }
        StandardStreams.complain(
            "hookassay: no contract '\(name)'; \(closest ?? "there are: \(names.joined(separator: ", "))")"
        )
        throw ExitStatus.fileWrong.exit
    }

    /// Reads a contract.
    ///
    /// - Throws: an exit code, after its problems were shown.
    static func load(_ path: String, variants: [String]) throws -> Contract {
        do {
            return try ContractFile.load(path: path, variants: variants)
        } catch {
            StandardStreams.complain(LoadedScenario.rendered(error.diagnostics))
            throw ExitStatus.fileWrong.exit
        }
    }
}
