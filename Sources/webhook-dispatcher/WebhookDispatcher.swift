import ArgumentParser
import Logging
import ReferenceDispatching

/// The reference dispatcher's command line.
@main
struct WebhookDispatcher: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook-dispatcher",
        abstract: "Delivers webhooks as a provider's contract promises, and keeps every promise of it.",
        discussion: """
            Takes endpoints and events over an HTTP API on 127.0.0.1 and prints one line with its address when it is \
            ready. SIGTERM and SIGINT stop it; what it could not deliver waits in the store for the next start.
            """
    )

    @OptionGroup var options: DispatcherOptions

    mutating func run() throws {
        let code = DispatcherProgram.run(options.settings) { ContractPolicy($0) }
        throw ExitCode(code.rawValue)
    }
}
