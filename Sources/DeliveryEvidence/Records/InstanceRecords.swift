/// A second instance of the dispatcher was started on the store of the first.
package struct DispatcherInstance: Sendable, Hashable, Codable {
    /// What came of it.
    package enum Outcome: String, Sendable, Hashable, Codable {
        /// It takes requests beside the first.
        case running
        /// It ended by itself before it took requests.
        case refused
        /// It neither took requests nor ended.
        case failed
    }

    /// 2 for the first that is started beside the one there is.
    package var number: Int
    package var outcome: Outcome
    /// What it said when it refused, or why it is not known whether it runs.
    package var detail: String

    package init(number: Int, outcome: Outcome, detail: String) {
        self.number = number
        self.outcome = outcome
        self.detail = detail
    }
}
