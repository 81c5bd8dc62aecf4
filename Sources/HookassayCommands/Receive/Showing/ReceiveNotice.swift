import DeliveryScenarios
import Notation
import WebhookContracts

/// Something that the command itself has to say, in both forms.
struct ReceiveNotice: Sendable {
    let lines: [ShownLine]
    let json: JSONLine

    /// A name in a column of its own, and what there is to say of it.
    static func line(_ name: String, _ text: String, _ style: ShownLine.Style = .plain) -> ShownLine {
        let column = name + String(repeating: " ", count: max(1, 14 - name.count))
        return ShownLine(column, .faint).adding(text, style)
    }

    private static func lines(_ name: String, _ texts: [String]) -> [ShownLine] {
        texts.enumerated().map { line($0.offset == 0 ? name : "", $0.element) }
    }

    /// The receiver answers.
    static func listening(
        _ endpoint: ScenarioEndpoint,
        url: String,
        port: Int,
        _ settings: ReceiveSettings
    ) -> ReceiveNotice {
        let words = ScriptWords.lines(endpoint.script)
        var lines = [line("listening on", url, .strong)]
        if settings.endpoints.count > 1 { lines.append(line("endpoint", endpoint.name)) }
        lines += self.lines("script", words) + [line("deliveries", deliveries(endpoint.script))]
        var json = JSONLine("listening")
        json.add("url", url)
        json.add("port", port)
        json.add("endpoint", endpoint.name)
        json.add("script", .array(words.map { .string($0) }))
        if let path = settings.script.path { json.add("file", path) }
        if let contract = settings.contract {
            let how = settings.signatures?.canJudge == true ? "checked" : "not checked"
            let why = settings.contract?.signature.header.value == nil ? "it states no signature" : "name a --secret"
            let reason = settings.signatures?.canJudge == true ? "" : ": \(why)"
            lines.append(line("signatures", "\(how) by the contract of \(contract.provider)\(reason)"))
            json.add("contract", contract.path)
        }
        if endpoint.identity != .plain {
            lines.append(line("certificate", certificate(endpoint, url: url, settings.caOut)))
            json.add("ca", settings.caOut)
        }
        if let out = settings.out { lines.append(line("evidence", out)) }
        json.add("evidence", settings.out)
        return ReceiveNotice(lines: lines, json: json)
    }

    private static func certificate(_ endpoint: ScenarioEndpoint, url: String, _ caOut: String?) -> String {
        if endpoint.identity.mustBeRefused { return "\(endpoint.identity.rawValue), so that clients have to refuse it" }
        return caOut.map { "to be trusted with curl --cacert \($0) \(url)" }
            ?? "of an authority of this run; --ca-out FILE writes it for clients to trust"
    }

    private static func deliveries(_ script: ReplyScript) -> String {
        let sources = script.keys.map { source in
            switch source {
            case .header(let name): name
            case .fields(let pointers): pointers.map(\.text).joined(separator: " + ")
            }
        }
        guard !sources.isEmpty else { return "every request counts as an attempt of the same one" }
        return "told apart by \(sources.joined(separator: ", else "))"
    }

    /// The page and the control API answer.
    static func page(_ url: String) -> ReceiveNotice {
        var json = JSONLine("page")
        json.add("url", url)
        return ReceiveNotice(lines: [line("page", url, .strong)], json: json)
    }

    /// Everything is open.
    static func ready() -> ReceiveNotice {
        ReceiveNotice(lines: [ShownLine("Ctrl-C ends", .faint)], json: JSONLine("ready"))
    }

    /// Another script is played from now on.
    ///
    /// - Parameter endpoint: `nil` when there is only one.
    static func script(_ script: ReplyScript, of endpoint: String?, from origin: String) -> ReceiveNotice {
        let words = ScriptWords.lines(script)
        var json = JSONLine("script")
        json.add("from", origin)
        json.add("endpoint", endpoint)
        json.add("accepted", true)
        json.add("script", .array(words.map { .string($0) }))
        return ReceiveNotice(
            lines: [line("script", "new\(endpoint.map { " at \($0)" } ?? ""), from \(origin):")] + lines("", words),
            json: json
        )
    }

    /// A changed script is wrong; `problem` is told on standard error too.
    static func wrongScript(_ problem: String, from origin: String) -> ReceiveNotice {
        var json = JSONLine("script")
        json.add("from", origin)
        json.add("accepted", false)
        json.add("problem", problem)
        return ReceiveNotice(
            lines: [line("script", "\(origin) is wrong now; the script before goes on", .bad)],
            json: json
        )
    }
}
