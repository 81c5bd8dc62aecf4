/// One check: what it is about and how it judges.
package struct Check: Sendable {
    package var description: CheckDescription
    /// What it finds in a scenario; empty when the scenario gave it no occasion.
    package var judge: @Sendable (JudgingContext) -> [Finding]

    /// Makes a check from its description's parts and its judgement.
    package init(
        _ id: CheckID,
        codes: [String],
        title: String,
        asks: String,
        judge: @escaping @Sendable (JudgingContext) -> [Finding]
    ) {
        description = CheckDescription(id: id, codes: codes, title: title, asks: asks)
        self.judge = judge
    }
}

/// What a check is about, for reports and its page in the documentation.
package struct CheckDescription: Sendable, Hashable {
    package var id: CheckID
    /// The entries of the catalogue of checks that it covers, such as `Y1`.
    package var codes: [String]
    /// A sentence that names the promise.
    package var title: String
    /// What the check asks of the evidence, in a sentence or two.
    package var asks: String

    package init(id: CheckID, codes: [String], title: String, asks: String) {
        self.id = id
        self.codes = codes
        self.title = title
        self.asks = asks
    }
}
