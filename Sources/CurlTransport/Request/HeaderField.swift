/// One header line: a name and a value, both exactly as they are on the wire.
package struct HeaderField: Sendable, Hashable {
    /// The name, in its own case.
    package var name: String
    /// The value, without the white space around it; may be empty.
    package var value: String

    /// Makes a field from its two parts.
    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// Whether this field has that name; header names differ by letters, not by case (RFC 9110, 5.1).
    package func isNamed(_ other: String) -> Bool {
        name.lowercased() == other.lowercased()
    }
}

extension [HeaderField] {
    /// The values of every field of that name, in order.
    package func values(named name: String) -> [String] {
        filter { $0.isNamed(name) }.map(\.value)
    }

    /// The value of the first field of that name.
    package func first(named name: String) -> String? {
        first { $0.isNamed(name) }?.value
    }
}
