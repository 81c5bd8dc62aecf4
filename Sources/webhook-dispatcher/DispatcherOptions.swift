import ArgumentParser
import Logging
import ReferenceDispatching

/// How a dispatcher is started.
struct DispatcherOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The contract to keep.", valueName: "path"))
    var contract: String

    @Option(
        name: .customLong("variant"),
        help: ArgumentHelp("A variant of the contract; may be repeated.", valueName: "name")
    )
    var variants: [String] = []

    @Option(help: ArgumentHelp("The file that events and deliveries are kept in; made when absent.", valueName: "path"))
    var store: String

    @Option(help: "The port of the API on 127.0.0.1; 0 takes any that is free.")
    var port = 0

    @Option(help: ArgumentHelp("A PEM file with the authorities to trust in place of the system's.", valueName: "path"))
    var trustStore: String?

    @Flag(help: "Deliver to 127.0.0.1 and ::1 too, which is refused otherwise.")
    var allowLoopback = false

    @Option(
        name: .customLong("allow-network"),
        help: ArgumentHelp(
            "Deliver to these private addresses too, such as 10.1.0.0/16; may be repeated.",
            valueName: "cidr"
        )
    )
    var allowedNetworks: [String] = []

    @Option(help: ArgumentHelp("The DNS server to ask in place of the system's, by UDP.", valueName: "address:port"))
    var resolver: String?

    @Option(help: ArgumentHelp("The proxy to open tunnels with (CONNECT).", valueName: "host:port"))
    var proxy: String?

    @Option(help: "The least severe messages to log: trace, debug, info, notice, warning, error or critical.")
    var logLevel = "info"

    /// The options as the dispatcher takes them.
    var settings: DispatcherSettings {
        var settings = DispatcherSettings(
            contract: contract,
            variants: variants,
            store: store,
            port: port,
            trustStore: trustStore,
            allowsLoopback: allowLoopback,
            logLevel: Logger.Level(rawValue: logLevel) ?? .info
        )
        settings.allowedNetworks = allowedNetworks.compactMap { AddressBlock($0) }
        settings.route = Route(resolver: resolver.flatMap { NameResolver($0) } ?? .system, proxy: proxy)
        return settings
    }

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port must be from 0 to 65535.") }
        for network in allowedNetworks where AddressBlock(network) == nil {
            throw ValidationError("--allow-network must be a block of addresses such as 10.1.0.0/16, not \(network).")
        }
        if let resolver, NameResolver(resolver) == nil {
            throw ValidationError("--resolver must be an IP address and a port, such as 10.0.0.2:53.")
        }
        guard Logger.Level(rawValue: logLevel) != nil else {
            throw ValidationError("--log-level must be trace, debug, info, notice, warning, error or critical.")
        }
    }
}
