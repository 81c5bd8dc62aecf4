import Foundation

/// A mutant as its program lists it.
package struct ListedMutant: Sendable, Hashable {
    package var name: String
    /// The promise it breaks, as a sentence.
    package var breaks: String
    /// The ids of the checks that have to find it violated.
    package var caughtBy: [String]
    /// The scenarios it is hunted in, as `provider/name`.
    package var hunts: [String]
    /// Other checks that find it violated, and why they are right to.
    package var alsoTrips: [String: String]
    /// Public reports of dispatchers that did the same.
    package var reported: [String]

    /// Reads a line of `--list`; `nil` when it has fewer than the four columns that every mutant has.
    package init?(line: String) {
        let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard columns.count >= 4 else { return nil }
        name = columns[0]
        caughtBy = Self.items(columns[1])
        hunts = Self.items(columns[2])
        breaks = columns[3]
        let explanations = (columns.count > 4 ? columns[4] : "").components(separatedBy: " | ").compactMap { text in
            text.firstMatch(of: /^([^: ]+): (.+)$/).map { (String($0.1), String($0.2)) }
        }
        alsoTrips = Dictionary(explanations) { first, _ in first }
        reported = columns.count > 5 ? Self.items(columns[5]) : []
    }

    /// Reads what `--list` prints.
    package static func all(in list: String) -> [ListedMutant] {
        list.split(separator: "\n").compactMap { ListedMutant(line: String($0)) }
    }

    private static func items(_ column: String) -> [String] {
        column.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
