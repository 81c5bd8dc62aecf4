/// The stable name of a check, such as `retry.attempts`: lower-case words, with a full stop after the family.
package struct CheckID: Sendable, Hashable, RawRepresentable, ExpressibleByStringLiteral, CustomStringConvertible {
    package var rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package init(stringLiteral text: String) {
        rawValue = text
    }

    package var description: String { rawValue }
}
