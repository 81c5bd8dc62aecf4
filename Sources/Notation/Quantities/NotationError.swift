/// A written form that cannot be read: what is wrong with it, and what to write instead.
package struct NotationError: Error, Sendable, Hashable {
    /// What is wrong, in one sentence that starts in lower case and ends without a full stop.
    package var message: String
    /// What to write instead, in the same form.
    package var help: String?

    /// Describes one unreadable form.
    package init(message: String, help: String? = nil) {
        self.message = message
        self.help = help
    }
}
