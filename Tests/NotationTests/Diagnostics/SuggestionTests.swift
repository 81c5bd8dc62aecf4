import Notation
import Testing

@Suite struct `Suggestions` {
    @Test(arguments: [
        ("atempts", "attempts"), ("attempst", "attempts"), ("Attempts", "attempts"), ("hold-body", "hold_body"),
        ("delay", "delays"), ("tls", "tls"),
    ])
    func `finds the nearest word`(_ word: String, _ meant: String) {
        let words = ["delays", "attempts", "jitter", "hold_body", "tls"]
        #expect(Suggestion.closest(to: word, in: words) == meant)
    }

    @Test(arguments: ["", "x", "xyz", "zzzzzzzz", "attack", String(repeating: "a", count: 100_000)])
    func `stays silent when nothing is near`(_ word: String) {
        #expect(Suggestion.closest(to: word, in: ["attempts", "jitter", "a", ""]) == nil)
    }

    @Test func `prefers the smaller distance, then the first`() {
        #expect(Suggestion.closest(to: "start", in: ["stort", "start"]) == "start")
        #expect(Suggestion.closest(to: "stxrt", in: ["stort", "start"]) == "stort")
    }

    @Test func `asks about one word or lists all`() {
        #expect(Suggestion.help(for: "rael", among: ["real", "warped"], kind: "choices") == "did you mean `real`?")
        #expect(
            Suggestion.help(for: "x", among: ["real", "warped"], kind: "choices") == "the choices are `real`, `warped`"
        )
        #expect(Suggestion.help(for: "x", among: [], kind: "choices") == nil)
    }
}
