import Notation

extension JSONValue {
    /// Every text in the value, members' names left out, in order.
    var texts: [String] {
        switch self {
        case .string(let text): [text]
        case .array(let items): items.flatMap(\.texts)
        case .object(let members): members.flatMap(\.value.texts)
        default: []
        }
    }

    /// The value with each text, number or other leaf replaced by what `change` makes of it.
    func mappingLeaves(_ change: (JSONValue) -> JSONValue) -> JSONValue {
        switch self {
        case .array(let items): .array(items.map { $0.mappingLeaves(change) })
        case .object(let members):
            .object(members.map { JSONMember(name: $0.name, value: $0.value.mappingLeaves(change)) })
        default: change(self)
        }
    }
}
