import Notation

/// Reads `services` of a `dispatcher.yaml`.
enum ServiceReading {
    /// Reads the list of services; a mistake in one does not hide those of the others.
    static func services(_ sequence: YAMLSequence?, log: DiagnosticLog) -> [ServiceDescription] {
        var services: [ServiceDescription] = []
        for item in sequence?.items ?? [] {
            guard case .mapping(let mapping) = item else {
                log.error(
                    "a service is a mapping, not \(item.kindName)",
                    at: item.position,
                    help: "write for example `- { name: database, command: [postgres] }`"
                )
                continue
            }
            if let service = service(mapping, besides: services.map(\.name), log: log) { services.append(service) }
        }
        return services
    }

    private static func service(
        _ mapping: YAMLMapping,
        besides others: [String],
        log: DiagnosticLog
    ) -> ServiceDescription? {
        var reader = MappingReader(mapping, log: log, what: "a service")
        let name = reader.required("name") == nil ? nil : reader.scalar("name")
        let command = ProcessReading.command(reading: &reader)
        let ports = ports(reading: &reader)
        let ready = ProcessReading.readiness(reader.mapping("ready"), log: log)
        let stop = ProcessReading.stopRule(reader.mapping("stop"), log: log)
        let lifetime = reader.choice("with", ServiceDescription.Lifetime.self) ?? .scenario
        reader.finish()
        guard let name else { return nil }
        if others.contains(name.text) {
            log.error("there are two services with the name '\(name.text)'", at: name.position)
        }
        return ServiceDescription(
            name: name.text,
            command: command,
            ports: ports,
            ready: ready,
            stop: stop,
            lifetime: lifetime
        )
    }

    private static func ports(reading reader: inout MappingReader) -> [String] {
        let names = reader.texts("ports") ?? []
        for name in names where TemplateText("{\(name)}").wholePlaceholder == nil {
            reader.log.error(
                "'\(name)' cannot be a placeholder",
                at: reader.mapping["ports"]?.position,
                help: "write a name of lower-case letters and `_`, such as `db_port`"
            )
        }
        return names
    }
}
