import Notation

/// Reads one reply written in words: `503 after 29.5s`, `reset after 17 bytes of the body`, `500 x3`, `hang every 3rd`.
struct ReplyWords {
    /// What may stand in the words.
    enum Scope {
        /// An item of a script in one line: a status or a fault, and how often.
        case item
        /// The value of `fault` in a file: a fault, and `for` at most; all else stands beside it.
        case fault
    }

    private let words: [Substring]
    private let scope: Scope
    private var next = 0
    private var point: [Substring] = []
    private var delay: ScriptDelay?
    private var attributes: [String: Int] = [:]
    private(set) var timing = TurnTiming()
    private(set) var reply = Reply.respond(Response(status: 200))

    /// - Throws: `NotationError` saying which words are wrong and what may stand there.
    init(_ text: some StringProtocol, scope: Scope) throws(NotationError) {
        words = String(text).split(separator: " ")
        self.scope = scope
        guard let first = words.first else {
            throw NotationError(
                message: "a reply is missing in the script",
                help: "write replies with commas between them, such as `500, 500 after 2s, 200`"
            )
        }
        next = 1
        if scope == .item, let status = Int(first) {
            try readStatus(status)
        } else {
            try readFault(String(first))
        }
    }

    private mutating func readStatus(_ status: Int) throws(NotationError) {
        guard (100...599).contains(status) else {
            throw NotationError(message: "\(status) is no HTTP status", help: "write a number from 100 to 599")
        }
        try readClauses(afterIsDelay: true)
        guard point.isEmpty, attributes.isEmpty else {
            let rest = point.isEmpty ? "\(attributes.keys.sorted()[0])=" : point.joined(separator: " ")
            throw NotationError(
                message: "'\(rest)' behind \(status) is not understood",
                help: "write `\(status)`, `\(status) after 29.5s`, `\(status) x3` or `\(status) for 10m`"
            )
        }
        reply = .respond(Response(status: status, after: delay?.after ?? .zero, spread: delay?.spread))
    }

    private mutating func readFault(_ name: String) throws(NotationError) {
        let alias = FaultAlias.table[name]
        guard let kind = Fault.Kind(rawValue: name) ?? alias?.kind else {
            guard let alias else { throw Self.unknown(name, scope: scope) }
            return try readToxic(alias, name)
        }
        try readClauses(afterIsDelay: false)
        guard attributes.isEmpty else {
            throw NotationError(message: "`\(name)` has no attributes", help: "only Toxiproxy's toxics have some")
        }
        let phrase = point.joined(separator: " ")
        let at = point.isEmpty ? nil : try Fault.Point(parsing: phrase)
        if let at { try kind.check(at) }
        reply = .fault(
            Fault(kind: kind, at: at, after: delay?.after ?? .zero, spread: delay?.spread).stretched().settled
        )
    }

    private mutating func readToxic(_ alias: FaultAlias, _ name: String) throws(NotationError) {
        try readClauses(afterIsDelay: true)
        guard point.isEmpty, delay == nil else {
            throw NotationError(
                message: "`\(name)` takes its attributes and nothing else",
                help: alias.attributes.map { "write `\(name) \($0.name)=100`, for example" }.first
            )
        }
        do {
            reply = try alias.reply(attributes)
        } catch {
            throw NotationError(message: "`\(name)`: \(error.message)", help: error.help)
        }
    }

    private static func unknown(_ name: String, scope: Scope) -> NotationError {
        NotationError(
            message: scope == .item ? "'\(name)' is neither a status nor a fault" : "'\(name)' is not a fault",
            help: FaultNames.help(for: name)
        )
    }

    /// Reads everything behind the first word; what belongs to nothing else names the point.
    private mutating func readClauses(afterIsDelay: Bool) throws(NotationError) {
        while next < words.count {
            let word = words[next]
            next += 1
            if let count = try counted(word) {
                timing.times = count
            } else if scope == .item, word == "every" {
                timing.every = try TimingText.every(try argument("every", "3rd"))
            } else if scope == .item, word == "with" {
                (timing.chance, timing.seed) = try TimingText.chance(chanceWords())
            } else if scope == .item, word == "from" {
                timing.from = try DurationNotation.parse(try argument("from", "5m"))
            } else if word == "for" {
                timing.duration = try DurationNotation.parse(try argument("for", "10m"))
            } else if word == "after", let wait = try wait(isSure: afterIsDelay) {
                delay = wait
            } else if let equals = word.firstIndex(of: "=") {
                try readAttribute(word[..<equals], word[word.index(after: equals)...])
            } else {
                point.append(word)
            }
        }
    }

    /// `x3`, `×3` or `3 times`.
    private mutating func counted(_ word: Substring) throws(NotationError) -> Int? {
        guard scope == .item else { return nil }
        if word.first == "x" || word.first == "×", word.dropFirst().first?.isNumber == true {
            return try TimingText.times(word.dropFirst())
        }
        guard next < words.count, words[next] == "times", word.first?.isNumber == true else { return nil }
        next += 1
        return try TimingText.times(word)
    }

    /// The wait behind `after`; `nil` when it begins a point, such as `after 17 bytes`.
    private mutating func wait(isSure: Bool) throws(NotationError) -> ScriptDelay? {
        guard next < words.count, words[next].first?.isNumber == true else { return nil }
        let text = String(words[next])
        do {
            let wait = try ScriptDelay(parsing: text)
            next += 1
            return wait
        } catch {
            guard isSure || text.contains("..") else { return nil }
            throw error
        }
    }

    /// The words that make up a chance, such as `20 % seed 7`.
    private mutating func chanceWords() -> String {
        var taken: [Substring] = []
        while next < words.count, taken.count < 4 {
            let word = words[next]
            let isPart =
                word == "%" || word == "seed" || taken.last == "seed" || word.last == "%"
                || word.first?.isNumber == true
            guard isPart else { break }
            taken.append(word)
            next += 1
        }
        return taken.joined(separator: " ")
    }

    private mutating func argument(_ word: String, _ example: String) throws(NotationError) -> String {
        guard next < words.count else {
            throw NotationError(message: "'\(word)' needs a value", help: "write `\(word) \(example)`, for example")
        }
        next += 1
        return String(words[next - 1])
    }

    private mutating func readAttribute(_ name: Substring, _ value: Substring) throws(NotationError) {
        guard let number = Int(value), (0...FaultAlias.largest).contains(number) else {
            throw NotationError(
                message: "'\(name)=\(value)' is not an attribute",
                help: "write a whole number from 0 to \(FaultAlias.largest), without a unit"
            )
        }
        attributes[String(name)] = number
    }
}

/// Everything that a fault may be called.
enum FaultNames {
    static let kinds = Fault.Kind.allCases.map(\.rawValue)

    /// The name that was probably meant, else the faults without the aliases.
    static func help(for name: String) -> String? {
        let known = kinds + FaultAlias.table.keys.sorted()
        if let near = Suggestion.closest(to: name, in: known) { return "did you mean `\(near)`?" }
        return Suggestion.help(for: "", among: kinds, kind: "faults")
    }
}
