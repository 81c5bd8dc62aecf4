/// Why a warped session could not begin or go on.
package struct WarpError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One sentence.
    package let message: String

    package init(_ message: String) {
        self.message = message
    }

    package var description: String { message }
}
