import ArgumentParser
import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import Notation
import ReceiverConsole
import WebhookContracts

/// Everything that was asked for, read and checked.
struct ReceiveSettings: Sendable {
    let script: ReceiveScript
    let source: ScriptSource?
    /// At least one; the first listens on the port that was asked for, the next on the next.
    let endpoints: [ScenarioEndpoint]
    let options: EndpointOptions
    let contract: Contract?
    let signatures: ContractSignatures?
    let host: String
    let port: Int
    let caOut: String?
    let out: String?
    let pcap: String?
    let exitAfter: Int?
    let duration: Duration?
    /// `nil` opens no page; 0 lets the system pick the port.
    let controlPort: Int?
    let isJSON: Bool
    let isQuiet: Bool
    let color: ColorChoice
    let redactor: Redactor
    let authority: RunAuthority

    /// Reads what the command line names.
    ///
    /// - Throws: an exit code, after saying what is wrong.
    init(_ command: ReceiveCommand) throws {
        script = command.file.map { .file($0) } ?? command.script.map { .line($0) } ?? .harmless
        let reading = try Self.complaining(script) { script throws(DiagnosticList) in try script.read() }
        if !reading.warnings.isEmpty { StandardStreams.complain(script.rendered(reading.warnings)) }
        source = reading.source
        contract = try Self.contract(command, reading)
        redactor = Redactor()
        if contract == nil, command.secret != nil {
            StandardStreams.complain("hookassay: --secret goes with a contract, and the file names none")
            throw ExitCode.validationFailure
        }
        let secret = try Self.secret(command.secret, redactor)
        signatures = contract.map { ContractSignatures($0, secret: secret) }
        options = EndpointOptions(
            hasTLS: command.tls,
            offersHTTP2: command.http2,
            target: command.target,
            keys: contract.map { DeliveryKeys.sources(of: $0) } ?? EndpointSettings.usualKeys,
            judgesSignatures: signatures?.canJudge ?? false
        )
        endpoints = try Self.complaining(script) { [options] script throws(DiagnosticList) in
            try script.fitted(reading, to: options)
        }
        (host, port) = (command.host, command.port)
        (caOut, out, pcap) = (command.caOut, command.out, command.pcap)
        exitAfter = command.exitAfter
        duration = try command.duration.map { try DurationNotation.parse($0) }
        controlPort = command.noPage ? nil : command.controlPort ?? 0
        (isJSON, isQuiet, color) = (command.json, command.quiet, command.color)
        authority = try RunAuthority()
        for handshake in endpoints.flatMap(\.script.handshakes) {
            // One too short to be told from ordinary text stays in the evidence, as it does in a scenario's.
            if let secret = handshake.secret {
                try? redactor.add(secret, as: SecretName("script.\(handshake.kind.rawValue)"))
            }
        }
    }

    /// Says that some endpoint speaks TLS.
    var hasTLS: Bool { endpoints.contains { $0.identity != .plain } }

    /// Says that only this host can reach the receiver.
    var isLoopback: Bool { host == "localhost" || host.hasPrefix("127.") }

    /// The address of the endpoint at a place in ``endpoints``.
    func address(at index: Int) -> ListenAddress {
        .any(host: host, port: port == 0 ? 0 : port + index)
    }

    private static func complaining<Outcome>(
        _ script: ReceiveScript,
        _ body: (ReceiveScript) throws(DiagnosticList) -> Outcome
    ) throws -> Outcome {
        do throws(DiagnosticList) {
            return try body(script)
        } catch {
            StandardStreams.complain(script.rendered(error.diagnostics))
            throw script.path == nil ? ExitCode.validationFailure : ExitStatus.fileWrong.exit
        }
    }

    private static func contract(_ command: ReceiveCommand, _ reading: ReceiveScript.Reading) throws -> Contract? {
        guard let name = command.contract else {
            return try reading.contractPath.map { try ContractChoice.load($0, variants: reading.variants) }
        }
        return try ContractChoice.load(try ContractChoice.path(of: name), variants: command.variant)
    }

    private static func secret(_ source: SecretSource?, _ redactor: Redactor) throws -> String? {
        guard let source else { return nil }
        do {
            let secret = try source.secret()
            try redactor.add(secret, as: .secret(of: "main"))
            return secret
        } catch {
            StandardStreams.complain("hookassay: \(error)")
            throw ExitCode.validationFailure
        }
    }
}
