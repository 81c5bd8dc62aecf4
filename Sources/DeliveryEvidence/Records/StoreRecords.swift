/// The dispatcher's store was made unavailable, or available again.
package struct StoreChanged: Sendable, Hashable, Codable {
    /// Whether the dispatcher can use it from now on.
    package var available: Bool

    package init(available: Bool) {
        self.available = available
    }
}
