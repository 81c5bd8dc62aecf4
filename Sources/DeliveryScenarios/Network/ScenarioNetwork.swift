/// The network of a scenario as far as the dispatcher is told of it: names, a proxy, and where it may connect to.
package struct ScenarioNetwork: Sendable, Hashable {
    /// What the scenario's resolver answers, in the order of the file; without any there is no resolver.
    package var names: [ScriptedName]
    /// Says that there is a proxy, which the dispatcher is told to use.
    package var hasProxy: Bool
    /// The addresses of this host that the dispatcher is allowed to connect to although they are private ones.
    package var allowed: [AddressBlock]

    package init(names: [ScriptedName] = [], hasProxy: Bool = false, allowed: [AddressBlock] = Self.loopback) {
        self.names = names
        self.hasProxy = hasProxy
        self.allowed = allowed
    }

    /// The whole loopback, where receivers listen.
    package static let loopback = ["127.0.0.0/8", "::1/128"].compactMap { AddressBlock($0) }

    /// Says that the dispatcher is started without permission for some of the receivers' addresses.
    package var isGuarded: Bool { allowed != Self.loopback }

    /// Says whether the dispatcher was given permission to connect to this private address.
    package func allows(_ address: IPAddress) -> Bool { allowed.contains { $0.contains(address) } }

    /// The scripted name, compared without case and without the dot at its end; `nil` when it is not scripted.
    package func name(_ name: String) -> ScriptedName? {
        let wanted = ScriptedName.normal(name)
        return names.first { $0.name == wanted }
    }
}

/// What the resolver of a scenario answers to the questions for one name.
package struct ScriptedName: Sendable, Hashable {
    /// In lower case, without a dot at its end.
    package var name: String
    /// By the turn of the question, each type of record for itself; the last one repeats.
    ///
    /// Not empty.
    package var turns: [NameAnswer]

    package init(name: String, turns: [NameAnswer]) {
        self.name = Self.normal(name)
        self.turns = turns
    }

    /// The answer to the question of that number, counted from 1.
    package func answer(inTurn turn: Int) -> NameAnswer {
        turns.isEmpty ? .notFound : turns[min(max(turn, 1), turns.count) - 1]
    }

    /// Every address that it ever resolves to, each once.
    package var addresses: [IPAddress] {
        turns.flatMap(\.addresses).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Says that the name cannot be resolved at some turn.
    package var failsAtTimes: Bool { turns.contains { $0.addresses.isEmpty } }

    static func normal(_ name: String) -> String {
        let lower = name.lowercased()
        return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
    }
}

/// One answer of a scenario's resolver.
package enum NameAnswer: Sendable, Hashable {
    /// These addresses, of which a question gets those of the family it asks for; in order.
    case addresses([IPAddress])
    /// NXDOMAIN: there is no such name.
    case notFound
    /// SERVFAIL: the server cannot say.
    case serverFailure
    /// No answer at all.
    case silence

    package var addresses: [IPAddress] {
        if case .addresses(let addresses) = self { addresses } else { [] }
    }
}
