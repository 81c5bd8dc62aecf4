import ArgumentParser
import DeliveryScenarios
import Notation

/// `hookassay receive`: an endpoint at a desk that misbehaves on cue, and says what comes.
struct ReceiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receive",
        abstract: "Opens an endpoint that answers as scripted, and shows every request as it comes.",
        discussion: """
            Without a script, everything is answered with 200. A script file is read again whenever it changes. The \
            endpoint answers at every path; --target is only what its URL is shown with. Exit codes: 0 ended as asked, 3 \
            something could not be done, 64 usage, 65 a file is wrong, 130 or 143 interrupted.
            """
    )

    @Argument(help: "A receiver file: a script with rules, in YAML.")
    var file: String?

    @Option(help: "A script in one line, such as \"500, 500 after 2s, reset, 200\"; the last reply repeats.")
    var script: String?

    @Option(help: "The port; 0 lets the system pick one. Further endpoints of a file get the ports after it.")
    var port = 0

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The request target of the URL; /hooks unless the file says otherwise.")
    var target: String?

    @Flag(help: "Speak TLS, with a certificate of an authority made for this run.")
    var tls = false

    @Option(help: "Write that authority's certificate to this file, for clients to trust.")
    var caOut: String?

    @Flag(help: "Offer HTTP/2 beside HTTP/1.1: by ALPN under TLS, by prior knowledge without.")
    var http2 = false

    @Option(help: "A contract, by a provider's name or a file: signatures are checked and deliveries told apart by it.")
    var contract: String?

    @Option(help: "A variant of the contract; may be repeated.")
    var variant: [String] = []

    @Option(help: "Where the signing secret is: env:NAME or file:PATH.")
    var secret: SecretSource?

    @Option(help: "Keep the evidence in this file; an older one is replaced.")
    var out: String?

    @Option(help: "Capture the packets into this file, and under TLS the keys into the same name with .keys.")
    var pcap: String?

    @Option(help: "End after so many requests were answered (or got their fault).")
    var exitAfter: Int?

    @Option(name: .customLong("for"), help: "End after so long, such as 10m.")
    var duration: String?

    @Option(help: "The port of the page and of the control API; picked by the system when left out.")
    var controlPort: Int?

    @Flag(help: "Open no page and no control API.")
    var noPage = false

    @Flag(help: "Print one JSON object a line.")
    var json = false

    @Flag(help: "Show no requests, only where it listens and the summary.")
    var quiet = false

    @Option(help: "When to use colours: auto, always or never; auto heeds NO_COLOR.")
    var color = ColorChoice.auto

    func validate() throws {
        try checkWhatGoesTogether()
        for (name, port) in [("--port", port), ("--control-port", controlPort ?? 0)] where !(0...65535).contains(port) {
            throw ValidationError("\(name) wants 0 to 65535, not \(port)")
        }
        if let exitAfter, exitAfter < 1 { throw ValidationError("--exit-after wants at least 1, not \(exitAfter)") }
        let files = [("a receiver file", file), ("--out", out), ("--pcap", pcap), ("--ca-out", caOut)]
        for (name, value) in files where value?.isEmpty == true {
            throw ValidationError("\(name) wants the name of a file")
        }
        if host.isEmpty { throw ValidationError("--host wants an address, such as 127.0.0.1 or 0.0.0.0") }
        if let target, !target.hasPrefix("/") || !target.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
            throw ValidationError("--target wants a path that begins with '/', without spaces, such as /hooks")
        }
        do {
            _ = try duration.map { text throws(NotationError) in try DurationNotation.parse(text) }
            _ = try script.map { text throws(NotationError) in try ScriptText.script(text) }
        } catch {
            throw ValidationError(error.help.map { "\(error.message); \($0)" } ?? error.message)
        }
    }

    private func checkWhatGoesTogether() throws {
        if file != nil, script != nil { throw ValidationError("a receiver file and --script exclude each other") }
        if caOut != nil, !tls, file == nil { throw ValidationError("--ca-out goes with --tls") }
        if contract == nil, !variant.isEmpty { throw ValidationError("--variant goes with --contract") }
        if contract == nil, file == nil, secret != nil {
            throw ValidationError("--secret goes with --contract, which says how requests are signed")
        }
        if noPage, controlPort != nil { throw ValidationError("--no-page and --control-port exclude each other") }
        if json, color != .auto { throw ValidationError("--json has no colours; leave out --color") }
    }

    func run() async throws {
        FileDescriptors.raiseLimit()
        let status = try await ReceiveRun(settings: ReceiveSettings(self)).run()
        if status != .held { throw status.exit }
    }
}
