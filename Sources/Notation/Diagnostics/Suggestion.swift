/// Finds what a person probably meant when a word is not known.
package enum Suggestion {
    /// Gives the known word nearest to a mistyped one, or nil when none is near enough to be worth a question.
    ///
    /// Near means at most one edit in three letters (at least one); case does not count and `-`, `_` and space are the
    /// same. An edit is an insertion, a deletion, a replacement or a swap of neighbours. The first of equals wins.
    package static func closest(to word: String, in candidates: [String]) -> String? {
        let wanted = normalized(word)
        guard !wanted.isEmpty, wanted.count <= longestWord else { return nil }
        let limit = max(1, wanted.count / 3)
        var best: (word: String, distance: Int)?
        for candidate in candidates {
            let known = normalized(candidate)
            guard known.count <= longestWord, abs(known.count - wanted.count) <= limit else { continue }
            let distance = editDistance(wanted, known)
            // A word of which nothing is left after the edits is not near, however short it is.
            guard distance <= limit, distance < max(wanted.count, known.count) else { continue }
            if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
        }
        return best?.word
    }

    /// Gives the help line for an unknown word: a question when one known word is near, else all of them.
    ///
    /// - Parameter kind: what the words are, in the plural, such as "keys".
    package static func help(for word: String, among candidates: [String], kind: String) -> String? {
        if let near = closest(to: word, in: candidates) { return "did you mean `\(near)`?" }
        guard !candidates.isEmpty else { return nil }
        return "the \(kind) are " + candidates.map { "`\($0)`" }.joined(separator: ", ")
    }

    private static let longestWord = 64

    private static func normalized(_ word: String) -> [Character] {
        word.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 }
    }

    /// The optimal string alignment distance, in time and space of the product of both lengths.
    private static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var rows = [Array(0...right.count)]
        for (row, leftCharacter) in left.enumerated() {
            var current = [row + 1]
            for (column, rightCharacter) in right.enumerated() {
                let replaced = rows[row][column] + (leftCharacter == rightCharacter ? 0 : 1)
                var cost = min(replaced, rows[row][column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, leftCharacter == right[column - 1], left[row - 1] == rightCharacter {
                    cost = min(cost, rows[row - 1][column - 1] + 1)
                }
                current.append(cost)
            }
            rows.append(current)
        }
        return rows[left.count][right.count]
    }
}
