import CurlTransport
import FoundationEssentials
import Glibc
import Logging
import NIOCore
import Notation
import ServiceLifecycle
import UnixSignals
package import WebhookContracts

/// The dispatcher as a process: from its settings to its exit code.
package enum DispatcherProgram {
    /// What the process exits with.
    package enum ExitCode: Int32, Sendable {
        /// It was asked to stop and did.
        case stopped = 0
        /// It could not start: a port in use, a store that cannot be opened.
        case failed = 3
        /// The contract file is wrong.
        case badFile = 65
    }

    /// Runs a dispatcher until SIGTERM or SIGINT, deciding as `policy` does, and blocks the calling thread meanwhile.
    ///
    /// One line goes to standard output, when it takes requests; log and errors go to standard error.
    package static func run(
        _ settings: DispatcherSettings,
        policy makePolicy: (Contract) -> any DispatchPolicy
    ) -> ExitCode {
        let contract: Contract
        do {
            contract = try ContractFile.load(path: settings.contract, variants: settings.variants)
        } catch {
            Terminal.complain(error.rendered(sources: sources(of: error)))
            return .badFile
        }
        let policy = makePolicy(contract)
        do {
            return try SocketThreads.shared.wait { await run(settings, policy: policy) }
        } catch {
            Terminal.complain("The dispatcher cannot go on: \(error)")
            return .failed
        }
    }

    private static func run(_ settings: DispatcherSettings, policy: any DispatchPolicy) async -> ExitCode {
        do {
            try await serve(settings, policy: policy)
            return .stopped
        } catch let error as StoreError {
            Terminal.complain(error.message)
        } catch let error as IOError {
            let reason = String(cString: strerror(error.errnoCode)).lowercased()
            Terminal.complain("Port \(settings.port) cannot be used: \(reason); choose another one, or 0 for any.")
        } catch {
            Terminal.complain("The dispatcher cannot go on: \(error)")
        }
        return .failed
    }

    private static func serve(_ settings: DispatcherSettings, policy: any DispatchPolicy) async throws {
        if let trustStore = settings.trustStore, !FileManager.default.isReadableFile(atPath: trustStore) {
            throw StoreError("The trust store \(trustStore) cannot be read; give the path of a PEM file.")
        }
        var logger = Logger(label: "dispatcher", factory: StreamLogHandler.standardError(label:))
        logger.logLevel = settings.logLevel
        var serverLogger = logger
        serverLogger.logLevel = max(.warning, settings.logLevel)

        let store = try DeliveryStore(path: settings.store, isShared: policy.sharesStore())
        let interrupted = try await store.recover(
            policy.recovery(),
            budget: policy.retrySchedule().attempts,
            at: Date(),
            delivers: policy.mayDeliver(to:),
            due: { [now = Date()] in policy.dueAfterRestart($0, now: now) }
        )
        if interrupted > 0 { logger.notice("\(interrupted) attempts of the last run were interrupted.") }

        let transport = try CurlTransport()
        let addresses = AddressRules(allowsLoopback: settings.allowsLoopback, exceptions: settings.allowedNetworks)
        let sending = SendingSettings(trustStore: settings.trustStore, addresses: addresses, route: settings.route)
        let nudge = Nudge()
        let sender = AttemptSender(transport: transport, settings: sending, policy: policy)
        let dispatcher = Dispatcher(
            store: store,
            policy: policy,
            addresses: addresses,
            nudge: nudge,
            logger: logger,
            sender: sender
        )
        let scheduler = DeliveryScheduler(
            store: store,
            policy: policy,
            sender: sender,
            nudge: nudge,
            logger: logger,
            onDisabled: { await dispatcher.announceDisabled($0) }
        )
        let server = try DispatcherAPI(dispatcher).server(port: settings.port, logger: serverLogger) { port in
            Terminal.say("listening on http://127.0.0.1:\(port)")
        }
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: scheduler), .init(service: server)],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: serverLogger
        )
        // The scheduler's own grace is 5 seconds; these only end what does not end by itself.
        configuration.maximumGracefulShutdownDuration = .seconds(10)
        configuration.maximumCancellationDuration = .seconds(3)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch {
            await transport.shutDown()
            throw error
        }
        await transport.shutDown()
    }

    /// The files that diagnostics point into, as far as they can be read again.
    private static func sources(of list: DiagnosticList) -> [SourceText] {
        Set(list.diagnostics.map(\.path)).compactMap { path in
            do {
                return try SourceText.read(path: path)
            } catch {
                // The list itself says that this file cannot be read.
                return nil
            }
        }
    }
}
