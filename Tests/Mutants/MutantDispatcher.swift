import ArgumentParser
import Logging
import ReferenceDispatching

/// The reference dispatcher with one promise broken, to prove that the harness notices.
@main
struct MutantDispatcher: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutant-dispatcher",
        abstract: "Runs the reference dispatcher with one promise broken."
    )

    @Flag(help: "Print every mutant and stop, a line each; \(Mutant.columns).")
    var list = false

    @Option(help: ArgumentHelp("The promise to break.", valueName: "name"))
    var mutant: String?

    @Option(help: ArgumentHelp("The contract.", valueName: "path"))
    var contract: String?

    @Option(
        name: .customLong("variant"),
        help: ArgumentHelp("A variant of the contract; may be repeated.", valueName: "name")
    )
    var variants: [String] = []

    @Option(help: ArgumentHelp("The file that events and deliveries are kept in.", valueName: "path"))
    var store: String?

    @Option(help: "The port of the API on 127.0.0.1; 0 takes any that is free.")
    var port = 0

    @Option(help: ArgumentHelp("A PEM file with the authorities to trust in place of the system's.", valueName: "path"))
    var trustStore: String?

    @Flag(help: "Deliver to 127.0.0.1 and ::1 too.")
    var allowLoopback = false

    @Option(name: .customLong("allow-network"), help: "A block of private addresses to deliver to; may be repeated.")
    var allowedNetworks: [String] = []

    @Option(help: "The DNS server to ask, as address:port.")
    var resolver: String?

    @Option(help: "The proxy to open tunnels with, as host:port.")
    var proxy: String?

    @Option(help: "The least severe messages to log.")
    var logLevel = "info"

    mutating func run() throws {
        guard !list else {
            for mutant in Mutant.all { print(mutant.line) }
            return
        }
        guard let name = mutant, let mutant = Mutant.all.first(where: { $0.name == name }) else {
            throw ValidationError("--mutant must be one of those that --list prints.")
        }
        guard let contract, let store, let logLevel = Logger.Level(rawValue: logLevel) else {
            throw ValidationError("--contract and --store are needed, and --log-level must be a level of swift-log.")
        }
        var settings = DispatcherSettings(
            contract: contract,
            variants: variants,
            store: store,
            port: port,
            trustStore: trustStore,
            allowsLoopback: allowLoopback,
            logLevel: logLevel
        )
        settings.allowedNetworks = allowedNetworks.compactMap { AddressBlock($0) }
        settings.route = Route(resolver: resolver.flatMap { NameResolver($0) } ?? .system, proxy: proxy)
        throw ExitCode(DispatcherProgram.run(settings, policy: mutant.policy).rawValue)
    }
}
