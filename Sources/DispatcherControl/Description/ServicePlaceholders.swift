import Notation

/// Checks the placeholders of `services`, and knows what they add for everything below.
struct ServicePlaceholders {
    /// What is known when all services are ready.
    private(set) var known: KnownPlaceholders
    /// The names that services gave a meaning, which must not get a second one.
    private var claimed: [String] = []
    private let log: DiagnosticLog

    /// Logs every placeholder that can have no value where it stands, and every name that is used twice.
    ///
    /// Ports are drawn before anything starts and known to every service; what a service's line captures is known to
    /// those after it.
    init(_ services: YAMLNode?, log: DiagnosticLog) {
        self.log = log
        known = KnownPlaceholders(KnownPlaceholders.run)
        guard case .sequence(let sequence) = services else { return }
        for service in sequence.items { addPorts(of: service) }
        for service in sequence.items {
            known.check(service, except: ["name", "ports", "ready", "stop", "with"], log: log)
            let ready = PlaceholderCheck.member("ready", of: service)
            PlaceholderCheck.checkSign(ready, known, log: log)
            add(
                PlaceholderCheck.readyNames(ready, log: log),
                at: PlaceholderCheck.member("line", of: ready)?.position
            )
        }
    }

    /// Logs those of `names` that a service has given a meaning.
    func claim(_ names: [String], at position: SourcePosition?) {
        for name in names where claimed.contains(name) { refuse(name, at: position) }
    }

    private mutating func addPorts(of service: YAMLNode) {
        switch PlaceholderCheck.member("ports", of: service) {
        case .scalar(let scalar): add([scalar.text], at: scalar.position)
        case .sequence(let sequence):
            for case .scalar(let scalar) in sequence.items { add([scalar.text], at: scalar.position) }
        case .mapping, nil: break
        }
    }

    private mutating func add(_ names: [String], at position: SourcePosition?) {
        let taken = KnownPlaceholders.run + KnownPlaceholders.endpoint + KnownPlaceholders.event
        for name in names {
            if taken.contains(name) || claimed.contains(name) { refuse(name, at: position) }
            claimed.append(name)
        }
        known = known.adding(names)
    }

    private func refuse(_ name: String, at position: SourcePosition?) {
        log.error("`{\(name)}` stands for something already", at: position, help: "choose another name")
    }
}
