import DeliveryEvidence
import DeliveryScenarios
import Notation

/// What somebody expects of the requests at an endpoint.
struct RequestQuestion {
    private var counts: CountRange?
    private var method: String?
    private var path: TextPattern?
    private var headers: [(name: String, value: TextPattern)] = []
    private var fields: [(pointer: JSONPointer, value: JSONValue)] = []
    private var gaps: [(text: String, window: TimeWindow)] = []

    /// Reads the question of a call.
    init(fields call: CallFields) throws {
        var call = call
        let range = 0...CountNotation.largest
        let exact = try call.int("count", in: range)
        let least = try call.int("at_least", in: range)
        let most = try call.int("at_most", in: range)
        method = try call.text("method")
        path = try call.text("path").map { .like($0) }
        if var wanted = try call.object("headers") {
            headers = try wanted.everything().map { member in
                guard let text = member.value.stringValue else {
                    throw wanted.wrong(member.name, "a text, in which `*` stands for anything", member.value)
                }
                return (member.name, .like(text))
            }
        }
        if var wanted = try call.object("body") {
            fields = try wanted.everything().map { (try Self.pointer($0.name), $0.value) }
        }
        for text in try call.texts("gaps") ?? [] { gaps.append((text, try Self.window(text))) }
        try call.finish()
        try count(exact: exact, least: least, most: most)
    }

    private mutating func count(exact: Int?, least: Int?, most: Int?) throws {
        if let exact {
            guard least == nil, most == nil else {
                throw ConsoleRefusal("`count` excludes `at_least` and `at_most`.", help: "Give one or the others.")
            }
            counts = CountRange(lowest: exact, highest: exact)
        } else if least != nil || most != nil {
            guard (least ?? 0) <= most ?? .max else { throw ConsoleRefusal("`at_least` is above `at_most`.") }
            counts = CountRange(lowest: least ?? 0, highest: most)
        } else if gaps.isEmpty {
            throw ConsoleRefusal(
                "There is nothing to verify.",
                help: "Give `count`, `at_least`, `at_most` or `gaps`;"
                    + " `method`, `path`, `headers` and `body` choose the requests."
            )
        }
    }

    private static func window(_ text: String) throws -> TimeWindow {
        do {
            return try TimeWindow.parse(text)
        } catch {
            throw ConsoleRefusal("`gaps`: \(VisibleText.of(error.message, atMost: 200)).", help: error.help)
        }
    }

    private static func pointer(_ text: String) throws -> JSONPointer {
        do {
            return try JSONPointer(text)
        } catch {
            throw ConsoleRefusal("`body`: \(VisibleText.of(error.message, atMost: 200)).", help: error.help)
        }
    }

    /// The answer: whether the expectation holds, and what was seen.
    func finding(in page: JournalPage) -> JSONValue {
        var matching: [JournalRequest] = []
        var misses: [String] = []
        for request in page.requests {
            if let miss = miss(request) {
                misses.append("request \(request.number): \(miss)")
            } else {
                matching.append(request)
            }
        }
        var problems: [String] = []
        // Requests that are gone may have matched: too few is then not known, too many is.
        var isSure = true
        if let counts, !counts.contains(matching.count) {
            problems.append("expected \(counts.text) matching requests, found \(matching.count)")
            if page.dropped > 0, matching.count < counts.lowest { isSure = false }
        } else if let counts, page.dropped > 0, counts.highest != nil {
            problems.append("\(page.dropped) requests are no longer kept, so that there may have been more")
            isSure = false
        }
        let seen = zip(matching, matching.dropFirst()).map { $1.real - $0.real }
        for (index, gap) in gaps.enumerated() {
            guard index < seen.count else {
                problems.append("gap \(index + 1) (\(gap.text)) was not seen: \(matching.count) requests match")
                continue
            }
            if page.dropped > 0 { isSure = false }
            guard !gap.window.contains(seen[index]) else { continue }
            problems.append(
                "gap \(index + 1) between requests \(matching[index].number) and \(matching[index + 1].number) is"
                    + " \(Self.text(seen[index])), expected \(gap.text)"
            )
        }
        let verdict = problems.isEmpty ? "held" : (isSure ? "violated" : "inconclusive")
        if !problems.isEmpty, !misses.isEmpty {
            problems.append("not matching: " + misses.suffix(3).joined(separator: "; "))
        }
        return .fields([
            "ok": .bool(verdict == "held"),
            "verdict": .string(verdict),
            "message": .string(problems.isEmpty ? "It holds." : Self.sentence(problems)),
            "matching": .array(matching.prefix(1000).map { .number("\($0.number)") }),
            "gaps_ms": .array(seen.prefix(1000).map { .milliseconds($0) ?? .null }),
            "arrived": .count(page.arrived),
            "dropped": .count(page.dropped),
        ])
    }

    private static func sentence(_ problems: [String]) -> String {
        let text = problems.joined(separator: "; ")
        return text.prefix(1).uppercased() + text.dropFirst() + "."
    }

    private static func text(_ duration: Duration) -> String {
        let nanoseconds = Stamp(sinceStart: duration).nanoseconds
        return DurationNotation.text(.milliseconds(nanoseconds / 1_000_000))
    }

    /// What a request lacks; `nil` when it matches.
    private func miss(_ request: JournalRequest) -> String? {
        let arrived = request.shown
        if let method, arrived.method != method { return "its method is \(VisibleText.of(arrived.method, atMost: 20))" }
        let path = String(arrived.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)[0])
        if let wanted = self.path, !wanted.matches(path) {
            return "its path is \(VisibleText.of(path, atMost: 80))"
        }
        for header in headers {
            let values = arrived.values(of: header.name)
            if !values.contains(where: { header.value.matches($0) }) {
                let value = values.first.map { "is \(VisibleText.of($0, atMost: 80))" } ?? "is missing"
                return "its header \(VisibleText.of(header.name, atMost: 40)) \(value)"
            }
        }
        guard !fields.isEmpty else { return nil }
        guard !request.isBodyCut else { return "its body is longer than what is kept" }
        guard let body = Self.json(arrived.body.bytes) else { return "its body is not JSON" }
        for field in fields where body[field.pointer] != field.value {
            let value = body[field.pointer].map { "is \(VisibleText.of($0.compact(), atMost: 80))" } ?? "is missing"
            return "\(VisibleText.of(field.pointer.text, atMost: 40)) \(value)"
        }
        return nil
    }

    private static func json(_ bytes: [UInt8]) -> JSONValue? {
        do { return try JSONValue.parse(bytes) } catch { return nil }
    }
}
