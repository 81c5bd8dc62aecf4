/// A JSON value that is written back as it was read: order of names, number literals and all.
///
/// Two values are equal when they would be written the same: `1.0` is not `1`, the order of names counts, and strings are
/// compared by their bytes, not by canonical equivalence as `String` does.
package indirect enum JSONValue: Sendable {
    /// The literal `null`.
    case null
    /// The literals `true` and `false`.
    case bool(Bool)
    /// A number as its literal, exactly as it was written, such as `1e400` or `9007199254740993`.
    case number(String)
    /// A string, unescaped.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object with its members in the order they were written.
    case object([JSONMember])
}

/// One name and its value in a JSON object.
package struct JSONMember: Sendable, Hashable {
    /// The name, unescaped.
    package var name: String
    /// The value.
    package var value: JSONValue

    /// Makes a member.
    package init(name: String, value: JSONValue) {
        self.name = name
        self.value = value
    }

    /// Compares names by their bytes.
    package static func == (left: JSONMember, right: JSONMember) -> Bool {
        left.name.hasSameBytes(as: right.name) && left.value == right.value
    }

    /// Hashes the name's bytes and the value.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(bytesOf: name)
        hasher.combine(value)
    }
}

extension JSONValue: Hashable {
    /// Compares as written; see ``JSONValue``.
    package static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    /// Hashes what is compared.
    package func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .number(let literal): hasher.combine(bytesOf: literal)
        case .string(let text): hasher.combine(bytesOf: text)
        case .array(let items): hasher.combine(items)
        case .object(let members): hasher.combine(members)
        }
    }
}

extension String {
    /// Tells whether two texts are the same bytes; `==` also calls differently composed letters equal.
    func hasSameBytes(as other: String) -> Bool {
        utf8.elementsEqual(other.utf8)
    }
}

extension Hasher {
    fileprivate mutating func combine(bytesOf text: String) {
        for byte in text.utf8 { combine(byte) }
        combine(text.utf8.count)
    }
}
