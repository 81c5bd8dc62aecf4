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
        let services = ServiceReading.services(reader.sequence("services"), log: log)
        let start = reader.mapping("start").map { ProcessReading.command($0, log: log, what: "`start`") }
        let ready = ProcessReading.readiness(reader.mapping("ready"), log: log)
        var requests: [String: APIRequest] = [:]
        for key in ["register", "enable", "disable", "delete", "rotate", "update", "redeliver", "test"] {
            if let mapping = reader.mapping(key) {
                requests[key] = RequestReading.request(mapping, log: log, what: "`\(key)`")
            }
        }
        let emit = reader.required("emit") == nil ? nil : reader.mapping("emit").flatMap { emitAction($0, log: log) }
        let deliveryLog = reader.mapping("delivery_log").flatMap { RequestReading.deliveryLog($0, log: log) }
        let stop = ProcessReading.stopRule(reader.mapping("stop"), log: log)
        let outage = reader.mapping("store_outage").flatMap { storeOutage($0, among: services, log: log) }
        checkTogether(reader)
        reader.finish()
        PlaceholderCheck.check(mapping, log: log)
        guard let name, let emit else { return nil }
        return DispatcherDescription(
            name: name,
            path: log.source.path,
            services: services,
            start: start,
            ready: ready ?? Readiness(sign: .line(""), within: .seconds(20)),
            register: requests["register"],
            enable: requests["enable"],
            disable: requests["disable"],
            delete: requests["delete"],
            rotate: requests["rotate"],
            test: requests["test"],
            update: requests["update"],
            redeliver: requests["redeliver"],
            emit: emit,
            deliveryLog: deliveryLog,
            stop: stop,
            storeOutage: outage,
            placeholders: PlaceholderCheck.names(in: .mapping(mapping))
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

    /// Reads `{sqlite: …}` or `{pause: …}`.
    private static func storeOutage(
        _ mapping: YAMLMapping,
        among services: [ServiceDescription],
        log: DiagnosticLog
    ) -> StoreOutage? {
        var reader = MappingReader(mapping, log: log, what: "`store_outage`")
        let path = reader.text("sqlite")
        let service = reader.scalar("pause", wanted: "the name of a service")
        reader.finish()
        if (mapping["sqlite"] == nil) == (mapping["pause"] == nil) {
            log.error(
                "`store_outage` wants either `sqlite` or `pause`",
                at: mapping.position,
                help: "write for example `sqlite: \"{store}\"`"
            )
            return nil
        }
        guard let service else { return path.map { .sqlite($0) } }
        let names = services.map(\.name)
        guard names.contains(service.text) else {
            log.error(
                "there is no service '\(service.text)' to pause",
                at: service.position,
                help: Suggestion.help(for: service.text, among: names, kind: "services")
            )
            return nil
        }
        return .service(service.text)
    }

    private static func emitAction(_ mapping: YAMLMapping, log: DiagnosticLog) -> EmitAction? {
        guard mapping["command"] != nil else {
            return RequestReading.request(mapping, log: log, what: "`emit`").map { .request($0) }
        }
        var reader = MappingReader(mapping, log: log, what: "`emit`")
        let command = ProcessReading.command(reading: &reader)
        let input = reader.text("input")
        reader.finish()
        return .command(command, input: input)
    }
}
