package import Notation

/// Reads a script written in one line, as command lines have it: `503 after 29.5s, hang, reset x3, 200`.
package enum ScriptText {
    /// Reads a whole script: its turns and its interruptions.
    ///
    /// - Throws: `NotationError` saying which item is wrong and what may stand there.
    package static func script(_ text: String) throws(NotationError) -> ReplyScript {
        let lane = try lane(text)
        return ReplyScript(turns: lane.turns, interruptions: lane.interruptions)
    }

    /// Reads the replies of `text`, by attempt; the last one repeats.
    ///
    /// For whoever counts attempts and nothing else.
    ///
    /// - Throws: `NotationError` saying which item is wrong, or that a reply does not come by attempt.
    package static func replies(_ text: String) throws(NotationError) -> [Reply] {
        let lane = try lane(text)
        guard lane.interruptions.isEmpty, lane.turns.allSatisfy({ $0.duration == nil && $0.times <= mostTimes }) else {
            throw NotationError(
                message: "every reply of '\(text)' must be given to a number of attempts",
                help: "leave out `for`, `every`, `with` and `from`, and repeat at most \(mostTimes) times"
            )
        }
        return lane.turns.flatMap { Array(repeating: $0.reply, count: $0.times) }
    }

    private static let mostTimes = 1000

    private static func lane(_ text: String) throws(NotationError) -> ScriptLane {
        let items = text.split(separator: ",", omittingEmptySubsequences: false)
        guard items.count <= ScenarioLimits.replies else {
            throw NotationError(message: "a script has at most \(ScenarioLimits.replies) replies, not \(items.count)")
        }
        var lane = ScriptLane()
        for item in items {
            let words = try ReplyWords(item, scope: .item)
            lane.add(try words.timing.item(words.reply))
        }
        lane.finish()
        return lane
    }
}
