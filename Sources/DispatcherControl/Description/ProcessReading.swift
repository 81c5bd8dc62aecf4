import Notation

/// Reads what a `dispatcher.yaml` says about processes: how each is started, known to be ready, and ended.
enum ProcessReading {
    /// Reads `{command: …, environment: …}`.
    static func command(_ mapping: YAMLMapping, log: DiagnosticLog, what: String) -> ProcessCommand {
        var reader = MappingReader(mapping, log: log, what: what)
        let command = command(reading: &reader)
        reader.finish()
        return command
    }

    /// Reads `command` and `environment` among other keys.
    static func command(reading reader: inout MappingReader) -> ProcessCommand {
        _ = reader.required("command")
        let arguments = reader.texts("command") ?? []
        if case .sequence(let sequence) = reader.mapping["command"], sequence.items.isEmpty {
            reader.log.error("`command` is empty", at: sequence.position, help: "write a list: `[program, argument]`")
        }
        let environment = RequestReading.textMap(reader.mapping("environment"), log: reader.log)
        return ProcessCommand(arguments: arguments, environment: environment)
    }

    /// Reads `{line|http|port|socket: …, within: …}`.
    static func readiness(_ mapping: YAMLMapping?, log: DiagnosticLog) -> Readiness? {
        guard let mapping else { return nil }
        var reader = MappingReader(mapping, log: log, what: "`ready`")
        var signs: [Readiness.Sign] = []
        if let line = reader.text("line") { signs.append(.line(line)) }
        if let http = reader.text("http") { signs.append(.http(http)) }
        if let port = port(reading: &reader) { signs.append(.port(port)) }
        if let socket = reader.text("socket") { signs.append(.socket(socket)) }
        let within = reader.duration("within") ?? .seconds(20)
        let given = ["line", "http", "port", "socket"].count { mapping[$0] != nil }
        reader.finish()
        guard given == 1 else {
            log.error(
                "`ready` wants exactly one of `line`, `http`, `port` and `socket`",
                at: mapping.position,
                help: "write for example `line: \"listening on {address}\"`"
            )
            return nil
        }
        return signs.first.map { Readiness(sign: $0, within: within) }
    }

    /// Reads `{signal: …, within: …}`.
    static func stopRule(_ mapping: YAMLMapping?, log: DiagnosticLog) -> StopRule {
        guard let mapping else { return StopRule() }
        var reader = MappingReader(mapping, log: log, what: "`stop`")
        let signal = reader.choice("signal", StopSignal.self) ?? .terminate
        let within = reader.duration("within") ?? .seconds(10)
        reader.finish()
        return StopRule(signal: signal.rawValue, within: within)
    }

    /// A port is a number, or a placeholder that stands for one.
    private static func port(reading reader: inout MappingReader) -> String? {
        guard let scalar = reader.scalar("port", wanted: "a port") else { return nil }
        if TemplateText(scalar.text).wholePlaceholder != nil { return scalar.text }
        if let number = Int(scalar.text), (1...65535).contains(number) { return scalar.text }
        reader.log.error(
            "`port` must be a whole number from 1 to 65535 or a placeholder, not '\(scalar.text)'",
            at: scalar.position,
            help: "write for example `port: \"{port}\"`"
        )
        return nil
    }
}

/// The signals that may ask a process to end.
enum StopSignal: String, CaseIterable {
    case terminate = "TERM"
    case interrupt = "INT"
    case quit = "QUIT"
}
