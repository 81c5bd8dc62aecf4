extension Mutant {
    /// What the columns of a line of `--list` are.
    static let columns =
        "separated by tabs: name, checks that have to notice (by commas), scenarios it is hunted in (by commas), "
        + "broken promise, other checks that notice (check: why; by ' | '), public reports (by commas)"

    /// The mutant as a line of `--list`.
    var line: String {
        [
            name,
            caughtBy.joined(separator: ","),
            hunts.joined(separator: ","),
            breaks,
            alsoTrips.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: " | "),
            reported.joined(separator: ","),
        ].joined(separator: "\t")
    }
}
