import Notation

/// What other tools call a fault.
///
/// Toxiproxy's attributes are plain numbers in its own units: milliseconds, microseconds for the slicer's delay, KB/s.
struct FaultAlias: Sendable {
    /// The attributes of a toxic, and what each is when it is left out; `nil` must be given.
    let attributes: [(name: String, usual: Int?)]
    private let reply: @Sendable ([String: Int]) -> Reply

    /// The largest number an attribute may be: a year in milliseconds.
    static let largest = 365 * 86_400_000

    /// The fault or answer that the alias stands for.
    ///
    /// - Parameter given: the attributes that were written, none of them negative or above ``largest``.
    /// - Throws: `NotationError` when an attribute is missing or is none of this alias.
    func reply(_ given: [String: Int]) throws(NotationError) -> Reply {
        let names = attributes.map(\.name)
        for name in given.keys.sorted() where !names.contains(name) {
            throw NotationError(
                message: "`\(name)` is not an attribute of it",
                help: names.isEmpty ? "it has none" : Suggestion.help(for: name, among: names, kind: "attributes")
            )
        }
        var values = given
        for attribute in attributes where values[attribute.name] == nil {
            guard let usual = attribute.usual else {
                throw NotationError(
                    message: "`\(attribute.name)` is missing",
                    help: "write `\(attribute.name)=100`, or `\(attribute.name): 100` in a mapping, for example"
                )
            }
            values[attribute.name] = usual
        }
        return reply(values)
    }

    /// Says that it is no more than another name for a kind, which can be combined with all that the kind can.
    var kind: Fault.Kind? {
        guard attributes.isEmpty, case .fault(let fault) = reply([:]) else { return nil }
        return fault.kind
    }

    private static func name(for kind: Fault.Kind) -> FaultAlias {
        FaultAlias(attributes: []) { _ in .fault(Fault(kind: kind)) }
    }

    /// WireMock's faults and Toxiproxy's toxics.
    static let table: [String: FaultAlias] = [
        "EMPTY_RESPONSE": name(for: .close),
        "CONNECTION_RESET_BY_PEER": name(for: .reset),
        "MALFORMED_RESPONSE_CHUNK": name(for: .malformedChunk),
        "RANDOM_DATA_THEN_CLOSE": name(for: .garbage),
        "down": name(for: .refuse),
        "reset_peer": FaultAlias(attributes: [("timeout", 0)]) { values in
            .fault(Fault(kind: .reset, after: milliseconds(values["timeout"])))
        },
        // Toxiproxy closes after the timeout, and never when it is 0.
        "timeout": FaultAlias(attributes: [("timeout", 0)]) { values in
            let timeout = milliseconds(values["timeout"])
            return .fault(timeout == .zero ? Fault(kind: .hang) : Fault(kind: .close, after: timeout))
        },
        "limit_data": FaultAlias(attributes: [("bytes", nil)]) { values in
            .fault(Fault(kind: .close, at: .answer(values["bytes"] ?? 0)).stretched())
        },
        "latency": FaultAlias(attributes: [("latency", nil), ("jitter", 0)]) { values in
            let (latency, jitter) = (values["latency"] ?? 0, values["jitter"] ?? 0)
            guard jitter > 0 else { return .respond(Response(status: 200, after: milliseconds(latency))) }
            let least = milliseconds(max(0, latency - jitter))
            let spread = DelaySpread.uniform(least: least, most: milliseconds(latency + jitter))
            return .respond(Response(status: 200, spread: spread))
        },
        "slow_close": FaultAlias(attributes: [("delay", nil)]) { values in
            .fault(Fault(kind: .close, at: .end, after: milliseconds(values["delay"])))
        },
        // Toxiproxy passes on a tenth of a second's worth every tenth of a second; its KB are 1000 bytes.
        "bandwidth": FaultAlias(attributes: [("rate", nil)]) { values in
            dripped(max(1, values["rate"] ?? 0) * 100, every: .milliseconds(100))
        },
        "slicer": FaultAlias(attributes: [("average_size", nil), ("delay", 0)]) { values in
            dripped(max(1, values["average_size"] ?? 0), every: .microseconds(max(1, values["delay"] ?? 0)))
        },
    ]

    private static func milliseconds(_ count: Int?) -> Duration { .milliseconds(count ?? 0) }

    private static func dripped(_ bytes: Int, every: Duration) -> Reply {
        var response = Fault.answer
        response.body = String(repeating: "This body is as long as it has to be, to be slow.\n", count: 1000)
        response.drip = Drip(part: .body, bytes: bytes, every: every)
        return .respond(response)
    }
}
