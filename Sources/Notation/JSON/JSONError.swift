/// Why bytes are not JSON, and where.
package struct JSONError: Error, Sendable, Hashable {
    /// What is wrong, in one sentence that starts in lower case and ends without a full stop.
    package var message: String
    /// The offset of the offending byte, from 0; the number of bytes when the text ends too early.
    package var offset: Int

    /// Describes one mistake.
    package init(message: String, offset: Int) {
        self.message = message
        self.offset = offset
    }
}
