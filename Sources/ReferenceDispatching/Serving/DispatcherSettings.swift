package import Logging

/// How the dispatcher was started.
package struct DispatcherSettings: Sendable {
    /// The path of the contract file.
    package var contract: String
    /// The variants of the contract to apply, in order.
    package var variants: [String]
    /// The path of the store; made when it is not there.
    package var store: String
    /// The port of the API on 127.0.0.1; 0 takes any that is free.
    package var port: Int
    /// The path of a PEM file with the authorities that deliveries trust in place of the system's; nil trusts those.
    package var trustStore: String?
    /// Whether deliveries may go to this machine.
    package var allowsLoopback: Bool
    /// The private networks that deliveries may go to all the same.
    package var allowedNetworks: [AddressBlock] = []
    /// How receivers are reached.
    package var route = Route()
    /// The least severe messages that are logged.
    package var logLevel: Logger.Level

    /// Makes settings.
    package init(
        contract: String,
        variants: [String] = [],
        store: String,
        port: Int = 0,
        trustStore: String? = nil,
        allowsLoopback: Bool = false,
        logLevel: Logger.Level = .info
    ) {
        self.contract = contract
        self.variants = variants
        self.store = store
        self.port = port
        self.trustStore = trustStore
        self.allowsLoopback = allowsLoopback
        self.logLevel = logLevel
    }
}
