/// Why the store cannot be opened.
package struct StoreError: Error, Sendable, Hashable {
    /// What is wrong, in one sentence with the way out.
    package var message: String

    /// Describes a problem.
    package init(_ message: String) {
        self.message = message
    }
}
