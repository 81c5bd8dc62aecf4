import Notation

extension ReceiveNotice {
    /// It is over.
    static func summary(_ tally: ReceiveTally, took: Duration, evidence: String?, ended: String) -> ReceiveNotice {
        let evidenceWords = evidence ?? "not kept; --out FILE keeps it"
        var json = JSONLine("summary")
        json.add("ended", ended)
        json.add("seconds", took)
        json.add("requests", tally.requests)
        json.add("deliveries", tally.deliveries)
        json.add(
            "statuses",
            .object(
                tally.statuses.sorted { $0.key < $1.key }.map {
                    JSONMember(name: "\($0.key)", value: .number("\($0.value)"))
                }
            )
        )
        json.add("unanswered", tally.unanswered)
        json.add("faults", tally.faults)
        json.add("unmatched", tally.unmatched)
        json.add("failed_handshakes", tally.failedHandshakes)
        json.add("empty_connections", tally.emptyConnections)
        json.add("failures", tally.failures)
        json.add("evidence", evidence)
        let lines = [
            line("ended", "\(ended), after \(ShownTime.text(took))"),
            line("received", tally.words, .strong),
            line("evidence", evidenceWords),
        ]
        return ReceiveNotice(lines: lines, json: json)
    }
}

extension ReceiveTally {
    /// The tally as a sentence without a full stop.
    fileprivate var words: String {
        guard requests > 0 else { return ["no request"].adding(others).joined(separator: "; ") }
        let answers =
            statuses.sorted { $0.key < $1.key }.map { "\($0.value) answered \($0.key)" }
            + (unanswered > 0 ? ["\(unanswered) without a whole answer"] : [])
            + (requests > ended ? ["\(requests - ended) not over"] : [])
        let all =
            "\(Self.count(requests, "request", "requests")) of \(Self.count(deliveries, "delivery", "deliveries"))"
        return ["\(all): \(answers.joined(separator: ", "))"].adding(others).joined(separator: "; ")
    }

    private var others: [String] {
        var others: [String] = []
        if faults > 0 { others.append(Self.count(faults, "fault", "faults")) }
        if unmatched > 0 { others.append("\(unmatched) without a rule") }
        if failedHandshakes > 0 {
            others.append(Self.count(failedHandshakes, "failed TLS handshake", "failed TLS handshakes"))
        }
        if emptyConnections > 0 {
            others.append(Self.count(emptyConnections, "connection without a request", "connections without a request"))
        }
        if failures > 0 { others.append("\(failures) times the receiver could not do as asked") }
        return others
    }

    private static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }
}

extension [String] {
    fileprivate func adding(_ others: [String]) -> [String] { self + others }
}
