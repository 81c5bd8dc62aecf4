package import Notation

/// Reads `dispatcher.yaml` files.
package enum DispatcherFile {
    /// Reads the file at `path`.
    ///
    /// - Throws: every problem of the file at once, each with its place.
    package static func load(path: String) throws(DiagnosticList) -> DispatcherDescription {
        let source: SourceText
        do {
            source = try SourceText.read(path: path)
        } catch {
            throw DiagnosticList([error])
        }
        return try parse(source)
    }

    /// Reads the text of a file.
    ///
    /// - Throws: every problem of the file at once, each with its place.
    package static func parse(_ source: SourceText) throws(DiagnosticList) -> DispatcherDescription {
        let log = DiagnosticLog(source: source)
        let description = YAMLReader.parse(source, log: log).flatMap { read($0, log: log) }
        guard let description, !log.hasErrors else { throw DiagnosticList(log.diagnostics) }
        return description
    }

    private static func read(_ node: YAMLNode, log: DiagnosticLog) -> DispatcherDescription? {
        guard case .mapping(let mapping) = node else {
            log.error("a dispatcher file is a mapping, not \(node.kindName)", at: node.position)
            return nil
        }
        var reader = MappingReader(mapping, log: log, what: "a dispatcher file")
        let name = reader.required("dispatcher") == nil ? nil : reader.text("dispatcher")
        let start = reader.mapping("start").map { command($0, log: log, what: "`start`") }
        let ready = readiness(reader.mapping("ready"), log: log)
        var requests: [String: APIRequest] = [:]
        for key in ["register", "enable", "disable", "delete"] {
            if let mapping = reader.mapping(key) {
                requests[key] = RequestReading.request(mapping, log: log, what: "`\(key)`")
            }
        }
        let emit = reader.required("emit") == nil ? nil : reader.mapping("emit").flatMap { emitAction($0, log: log) }
        let deliveryLog = reader.mapping("delivery_log").flatMap { RequestReading.deliveryLog($0, log: log) }
        let stop = stopRule(reader.mapping("stop"), log: log)
        checkTogether(reader)
        reader.finish()
        PlaceholderCheck.check(mapping, log: log)
        guard let name, let emit else { return nil }
        return DispatcherDescription(
            name: name,
            path: log.source.path,
            start: start,
            ready: ready ?? Readiness(sign: .line(""), within: .seconds(20)),
            register: requests["register"],
            enable: requests["enable"],
            disable: requests["disable"],
            delete: requests["delete"],
            emit: emit,
            deliveryLog: deliveryLog,
            stop: stop
        )
    }

    /// A long-running dispatcher needs a sign of readiness, and there is nothing to wait for without one.
    private static func checkTogether(_ reader: MappingReader) {
        let (start, ready) = (reader.keyPosition("start"), reader.keyPosition("ready"))
        if start != nil, ready == nil {
            reader.log.error(
                "`start` is there but `ready` is not",
                at: start,
                help: "say how to tell that it takes requests: `ready: { line: \"listening on {address}\" }`"
            )
        }
        if start == nil, ready != nil {
            reader.log.error(
                "`ready` is there but `start` is not",
                at: ready,
                help: "add `start: { command: [program, argument] }`"
            )
        }
    }

    private static func command(_ mapping: YAMLMapping, log: DiagnosticLog, what: String) -> ProcessCommand {
        var reader = MappingReader(mapping, log: log, what: what)
        let command = command(reading: &reader)
        reader.finish()
        return command
    }

    private static func command(reading reader: inout MappingReader) -> ProcessCommand {
        _ = reader.required("command")
        let arguments = reader.texts("command") ?? []
        if case .sequence(let sequence) = reader.mapping["command"], sequence.items.isEmpty {
            reader.log.error("`command` is empty", at: sequence.position, help: "write a list: `[program, argument]`")
        }
        let environment = RequestReading.textMap(reader.mapping("environment"), log: reader.log)
        return ProcessCommand(arguments: arguments, environment: environment)
    }

    private static func readiness(_ mapping: YAMLMapping?, log: DiagnosticLog) -> Readiness? {
        guard let mapping else { return nil }
        var reader = MappingReader(mapping, log: log, what: "`ready`")
        let line = reader.text("line")
        let http = reader.text("http")
        let within = reader.duration("within") ?? .seconds(20)
        reader.finish()
        switch (line, http) {
        case (let line?, nil): return Readiness(sign: .line(line), within: within)
        case (nil, let http?): return Readiness(sign: .http(http), within: within)
        default:
            log.error(
                "`ready` wants either `line` or `http`",
                at: mapping.position,
                help: "write for example `line: \"listening on {address}\"`"
            )
            return nil
        }
    }

    private static func emitAction(_ mapping: YAMLMapping, log: DiagnosticLog) -> EmitAction? {
        guard mapping["command"] != nil else {
            return RequestReading.request(mapping, log: log, what: "`emit`").map { .request($0) }
        }
        var reader = MappingReader(mapping, log: log, what: "`emit`")
        let command = command(reading: &reader)
        let input = reader.text("input")
        reader.finish()
        return .command(command, input: input)
    }

    private static func stopRule(_ mapping: YAMLMapping?, log: DiagnosticLog) -> StopRule {
        guard let mapping else { return StopRule() }
        var reader = MappingReader(mapping, log: log, what: "`stop`")
        let signal = reader.choice("signal", StopSignal.self) ?? .terminate
        let within = reader.duration("within") ?? .seconds(10)
        reader.finish()
        return StopRule(signal: signal.rawValue, within: within)
    }
}

/// The signals that may ask a dispatcher to end.
enum StopSignal: String, CaseIterable {
    case terminate = "TERM"
    case interrupt = "INT"
    case quit = "QUIT"
}
