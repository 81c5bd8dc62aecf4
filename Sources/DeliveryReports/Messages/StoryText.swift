import ContractJudging
import Notation

/// Tells the attempts of a delivery: the timeline, then what identifies each.
enum StoryText {
    static func lines(of story: DeliveryStory, _ symbols: TimelineSymbols) -> [String] {
        var lines: [String] = []
        let name = VisibleText.of(story.subject, atMost: 120)
        if let timeline = story.timeline {
            lines.append(name)
            lines += TimelineText.lines(of: timeline, symbols).map { "  \($0)".trimmingEnd }
            if !story.attempts.isEmpty { lines.append("") }
        } else {
            lines.append(story.attempts.isEmpty ? "\(name): no request came" : name)
        }
        for facts in story.attempts { lines += self.lines(of: facts, first: story.attempts.first ?? facts) }
        if story.omitted > 0 { lines.append("  … and \(Counted.text(story.omitted, "more attempt"))") }
        return lines
    }

    /// Two lines: when it came and what it got, then what identifies it.
    private static func lines(of facts: AttemptFacts, first: AttemptFacts) -> [String] {
        var when = "at \(milliseconds(facts.at))\(facts.gap == nil ? " of the scenario's clock" : "")"
        if let gap = facts.gap {
            when += ", \(milliseconds(gap.length)) \(gap.since)"
            if let verdict = gap.verdict { when += " (\(verdict))" }
        }
        let number = "#\(facts.ordinal)"
        let indent = String(repeating: " ", count: number.count)
        return [
            "  \(number)  \(when); \(facts.answer): \(facts.result)",
            "  \(indent)  \(identity(facts, first: facts == first ? nil : first))",
        ]
    }

    /// A time of an attempt: what is finer than a millisecond is of no use to anybody.
    private static func milliseconds(_ time: Duration) -> String {
        DurationNotation.text(.milliseconds(Int((time / .milliseconds(1)).rounded())))
    }

    /// The identity of an attempt; what is as on the first attempt is only named.
    private static func identity(_ facts: AttemptFacts, first: AttemptFacts?) -> String {
        var parts: [String] = []
        var same: [String] = []
        func add(_ name: String, _ value: String?, _ before: String?) {
            guard first != nil, value == before else {
                parts.append("\(name) \(value ?? "missing")")
                return
            }
            if value != nil { same.append(name) }
        }
        if facts.id != nil || first?.id != nil { add("id", facts.id, first?.id) }
        if facts.timestamp != nil || first?.timestamp != nil {
            add("timestamp", facts.timestamp, first?.timestamp)
        }
        if first?.body == facts.body { same.append("body") } else { parts.append(body(facts.body)) }
        if let words = facts.signature.words { parts.append("signature \(words)") }
        if !same.isEmpty { parts.append("as on #\(first?.ordinal ?? 1): \(same.joined(separator: ", "))") }
        return parts.joined(separator: "; ")
    }

    private static func body(_ body: AttemptFacts.BodyFacts) -> String {
        var text = "body \(Counted.text(body.length, "byte")), SHA-256 \(body.hash)…"
        if body.isCutShort { text += ", cut short" }
        if body.isRedacted { text += ", a secret cut out" }
        return text
    }
}
