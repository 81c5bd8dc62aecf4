extension JSONValue {
    /// The text of a string, or nil for every other kind.
    package var stringValue: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The value of `true` or `false`, or nil for every other kind.
    package var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The value of a number written as a whole number that fits, or nil for everything else (`1.0` too).
    package var intValue: Int? {
        if case .number(let literal) = self { Int(literal) } else { nil }
    }

    /// The items of an array, or nil for every other kind.
    package var items: [JSONValue]? {
        if case .array(let items) = self { items } else { nil }
    }

    /// The members of an object in their order, or nil for every other kind.
    package var members: [JSONMember]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The value of an object's member, or nil when this is no object or has no such name.
    package subscript(name: String) -> JSONValue? {
        members?.first { $0.name.hasSameBytes(as: name) }?.value
    }

    /// What kind of value this is, for messages: "an object", "a string", "null".
    package var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
