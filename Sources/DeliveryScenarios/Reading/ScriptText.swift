package import Notation

/// Reads a reply script written in one line, as command lines have it: `503 after 29.5s, hang, reset, 200`.
package enum ScriptText {
    /// Reads the replies of `text`, by attempt; the last one repeats.
    ///
    /// - Throws: `NotationError` saying which item is wrong and what may stand there.
    package static func replies(_ text: String) throws(NotationError) -> [Reply] {
        var replies: [Reply] = []
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            replies.append(try reply(item.split(separator: " ").map(String.init)))
        }
        guard replies.count <= ScenarioLimits.replies else {
            throw NotationError(message: "a script has at most \(ScenarioLimits.replies) replies, not \(replies.count)")
        }
        return replies
    }

    private static func reply(_ words: [String]) throws(NotationError) -> Reply {
        guard let first = words.first else {
            throw NotationError(
                message: "a reply is missing in the script",
                help: "write replies with commas between them, such as `500, 500 after 2s, 200`"
            )
        }
        if let status = Int(first) { return .respond(try response(status, words)) }
        guard let kind = Fault.Kind(rawValue: first) else {
            let known = Fault.Kind.allCases.map(\.rawValue)
            throw NotationError(
                message: "'\(first)' is neither a status nor a fault",
                help: Suggestion.help(for: first, among: known, kind: "faults")
            )
        }
        guard words.count > 1 else { return .fault(Fault(kind: kind)) }
        let place = words.dropFirst().joined(separator: " ")
        guard let point = Fault.Point(rawValue: place) else {
            throw NotationError(
                message: "'\(place)' is not a point of the exchange",
                help: Suggestion.help(for: place, among: Fault.Point.allCases.map(\.rawValue), kind: "points")
            )
        }
        return .fault(Fault(kind: kind, at: point))
    }

    private static func response(_ status: Int, _ words: [String]) throws(NotationError) -> Response {
        guard (100...599).contains(status) else {
            throw NotationError(message: "\(status) is no HTTP status", help: "write a number from 100 to 599")
        }
        guard words.count > 1 else { return Response(status: status) }
        guard words.count == 3, words[1] == "after" else {
            throw NotationError(
                message: "'\(words.dropFirst().joined(separator: " "))' behind \(status) is not understood",
                help: "write `\(status)` or `\(status) after 29.5s`"
            )
        }
        return Response(status: status, after: try DurationNotation.parse(words[2]))
    }
}
