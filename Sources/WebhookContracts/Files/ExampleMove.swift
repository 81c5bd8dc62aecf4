import Notation

/// Brings example bodies, which are written for the base contract, into the form of the applied variants.
enum ExampleMove {
    /// Moves the fields whose place a variant changes, and gives event-type fields the name as it is sent.
    static func adapt(_ contract: Contract, from base: BodyTerms) -> [EventTerms] {
        contract.events.map { event in
            var event = event
            guard var example = event.example else { return event }
            for role in FieldRole.allCases {
                let (old, new) = (base.places(of: role), contract.body.places(of: role))
                for (old, new) in zip(old, new) where old != new {
                    example = move(example, from: old, to: new)
                }
            }
            if let pointer = contract.body.field(playing: .eventType)?.pointer {
                example = example.setting(.string(event.sentName), at: pointer) ?? example
            }
            event.example = example
            return event
        }
    }

    /// Takes the value from one place to another: in its object under another name when both have the same parent, else to
    /// the end of the new parent, which is made when it is not there.
    static func move(_ document: JSONValue, from old: JSONPointer, to new: JSONPointer) -> JSONValue {
        guard let value = document[old], let name = new.tokens.last else { return document }
        let parent = JSONPointer(tokens: new.tokens.dropLast())
        if old.tokens.dropLast() == new.tokens.dropLast(), case .object(var members)? = document[parent],
            let index = members.firstIndex(where: { $0.name == old.tokens.last })
        {
            members[index].name = name
            return document.setting(.object(members), at: parent) ?? document
        }
        var moved = document.removing(at: old)
        for depth in 1..<max(1, new.tokens.count) {
            let above = JSONPointer(tokens: Array(new.tokens.prefix(depth)))
            if moved[above] == nil { moved = moved.setting(.object([]), at: above) ?? moved }
        }
        return moved.setting(value, at: new) ?? document
    }
}

extension BodyTerms {
    fileprivate func places(of role: FieldRole) -> [JSONPointer] {
        fields.filter { $0.role == role }.map(\.pointer)
    }
}
