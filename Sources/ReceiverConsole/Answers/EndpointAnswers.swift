import DeliveryEvidence
import Notation

extension EndpointState {
    /// The endpoint as the control API shows it.
    func shown(_ journal: LiveJournal) -> JSONValue {
        let counts = journal[id]?.read { state in
            (state.arrived, state.requestsDropped, state.openConnections, state.connections)
        }
        return .fields([
            "id": .string(id),
            "name": .string(name),
            "url": .string(url),
            "port": .count(port),
            "identity": .string(identity),
            "http2": .bool(offersHTTP2),
            "script": source.map { .string($0.text) },
            "script_form": source.map { .string($0.form) },
            "opened_at": .time(openedAt),
            "requests": .count(counts?.0 ?? 0),
            "requests_dropped": .count(counts?.1 ?? 0),
            "open_connections": .count(counts?.2 ?? 0),
            "connections": .count(counts?.3 ?? 0),
            "evidence_file": .bool(hasEvidenceFile),
        ])
    }
}

extension ScriptSource {
    /// The name of the form in the control API.
    var form: String {
        switch self {
        case .line: "script"
        case .yaml: "yaml"
        }
    }
}

extension JournalEntry {
    /// The name of its event in the stream, and what the event carries.
    var shown: (event: String, data: JSONValue) {
        switch kind {
        case .requestArrived(let request), .requestAnswered(let request), .receiptAdded(let request):
            ("request", request.summary)
        case .connectionFailed(let failure):
            (
                "failure",
                common([
                    "connection": .count(failure.connection),
                    "reason": .string(failure.reason),
                    "receipt": failure.receipt?.shown(by: Redactor()),
                ])
            )
        case .scriptChanged(let change):
            ("script", common(["script": .string(change.text), "origin": .string(change.origin)]))
        case .endpointOpened(let url): ("opened", common(["url": .string(url)]))
        case .endpointClosed: ("closed", common([:]))
        case .problem(let message): ("problem", common(["message": .string(message)]))
        case .missed(let count): ("missed", .fields(["count": .count(count)]))
        }
    }

    private func common(_ pairs: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        let place = JSONValue.fields([
            "endpoint": .string(endpoint), "at": .time(wallTime), "cursor": .count(cursor),
        ])
        return .object((place.members ?? []) + (JSONValue.fields(pairs).members ?? []))
    }
}
