package import ContractJudging

/// The commands that judge a verdict's evidence again, and that run its scenario again.
package enum AgainText {
    /// Two lines at most; none for a run that does not say how it was asked for.
    package static func lines(for check: CheckID, in scenario: ScenarioReport, of run: RunFacts) -> [String] {
        guard let request = run.request else { return [] }
        let judge = ["hookassay", "judge", request.evidence, "--scenario", scenario.id, "--check", check.rawValue]
        let again = request.options.map { ["run again:   \(line(Self.again(scenario, run, $0)))"] } ?? []
        return ["judge again: \(line(judge))"] + again
    }

    private static func again(_ scenario: ScenarioReport, _ run: RunFacts, _ options: RunRequest.Options) -> [String] {
        var words = ["hookassay", "run", scenario.file, "--seed", String(run.seed)]
        if let dispatcher = options.dispatcher { words += ["--dispatcher", dispatcher] }
        if let clock = options.clock { words += ["--clock", clock] }
        return words
    }

    /// Words as a POSIX shell reads them back.
    private static func line(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

    private static func quoted(_ word: String) -> String {
        let isPlain = { (byte: UInt8) in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"):
                true
            default: "/._-:+,@%=".utf8.contains(byte)
            }
        }
        return !word.isEmpty && word.utf8.allSatisfy(isPlain) ? word : "'\(word.replacing("'", with: "'\\''"))'"
    }
}
