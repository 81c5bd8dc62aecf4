import DeliveryScenarios
import Notation

/// A reply script in words, a line for each thing it says.
enum ScriptWords {
    /// The most lines; what is left out is counted in one more.
    private static let most = 20

    static func lines(_ script: ReplyScript) -> [String] {
        var lines = lane(script.turns, script.interruptions)
        for rule in script.rules {
            lines += lane(rule.turns, rule.interruptions).map { "\(rule.name): \($0)" }
        }
        if script.turns.isEmpty, !script.rules.isEmpty { lines.append("anything else: respond 404") }
        lines += script.handshakes.map { "\($0.kind.rawValue) handshakes are answered as that provider asks" }
        guard lines.count > most else { return lines }
        return Array(lines.prefix(most - 1)) + ["and \(lines.count - most + 1) more"]
    }

    private static func lane(_ turns: [ScriptTurn], _ interruptions: [DeliveryScenarios.Interruption]) -> [String] {
        var lines: [String] = []
        for (index, turn) in turns.enumerated() {
            lines.append("\(index + 1): \(words(turn, isLast: index == turns.count - 1))")
        }
        for interruption in interruptions {
            lines.append("\(words(interruption.moment)): \(interruption.reply.summary)")
        }
        return lines
    }

    private static func words(_ turn: ScriptTurn, isLast: Bool) -> String {
        if let duration = turn.duration { return "\(turn.reply.summary) for \(DurationNotation.text(duration))" }
        let times = turn.times > 1 ? " \(turn.times) times" : ""
        let behind = isLast ? times.isEmpty ? ", from then on" : ", and from then on" : ""
        return turn.reply.summary + times + behind
    }

    private static func words(_ moment: DeliveryScenarios.Interruption.Moment) -> String {
        switch moment {
        case .every(let count): "every \(count)\(suffix(count)) attempt"
        case .chance(let chance, let seed):
            "with a chance of \(chance * 100) %" + (seed.map { " (seed \($0))" } ?? "")
        case .window(let from, let duration):
            "from \(DurationNotation.text(from)) on, for \(DurationNotation.text(duration))"
        }
    }

    private static func suffix(_ count: Int) -> String {
        switch (count % 10, count % 100) {
        case (_, 11...13): "th"
        case (1, _): "st"
        case (2, _): "nd"
        case (3, _): "rd"
        default: "th"
        }
    }
}
