package import Notation

/// One value of a body that holds no others, with the way to it.
///
/// An empty list or object counts as one.
package struct BodyLeaf: Sendable, Hashable {
    package var pointer: JSONPointer
    package var value: JSONValue

    /// Every leaf of a value, in the order written.
    package static func all(of value: JSONValue) -> [BodyLeaf] {
        var leaves: [BodyLeaf] = []
        collect(value, [], into: &leaves)
        return leaves
    }

    /// The text of every leaf of a value, in the order written: the same as of ``all(of:)`` without the ways there.
    package static func texts(of value: JSONValue) -> [String] {
        var texts: [String] = []
        collectTexts(value, into: &texts)
        return texts
    }

    private static func collectTexts(_ value: JSONValue, into texts: inout [String]) {
        switch value {
        case .object(let members) where !members.isEmpty:
            for member in members { collectTexts(member.value, into: &texts) }
        case .array(let items) where !items.isEmpty:
            for item in items { collectTexts(item, into: &texts) }
        default: texts.append(text(of: value))
        }
    }

    private static func collect(_ value: JSONValue, _ tokens: [String], into leaves: inout [BodyLeaf]) {
        switch value {
        case .object(let members) where !members.isEmpty:
            for member in members { collect(member.value, tokens + [member.name], into: &leaves) }
        case .array(let items) where !items.isEmpty:
            for (index, item) in items.enumerated() { collect(item, tokens + ["\(index)"], into: &leaves) }
        default:
            leaves.append(BodyLeaf(pointer: JSONPointer(tokens: tokens), value: value))
        }
    }

    /// The leaf as text for comparing over formats: a form carries every value as text.
    package var text: String { Self.text(of: value) }

    private static func text(of value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .number(let literal): literal
        case .bool(let value): value ? "true" : "false"
        case .null: ""
        case .array: "[]"
        case .object: "{}"
        }
    }
}
