extension JSONValue {
    /// The value a pointer names, or nil when there is none.
    package subscript(pointer: JSONPointer) -> JSONValue? {
        var value = self
        for token in pointer.tokens {
            guard let next = value.child(token) else { return nil }
            value = next
        }
        return value
    }

    /// Gives the document with another value at a pointer.
    ///
    /// A value that exists is replaced where it stands; a name that its object lacks is added as the last one.
    ///
    /// - Returns: nil when the parent does not exist or cannot hold the name: it is neither an object nor an array that
    ///   has the index already.
    package func setting(_ value: JSONValue, at pointer: JSONPointer) -> JSONValue? {
        setting(value, at: pointer.tokens[...])
    }

    /// Gives the document without the value at a pointer; unchanged when there is none.
    ///
    /// Later items of an array move up. The whole document cannot be removed: the empty pointer gives `null`.
    package func removing(at pointer: JSONPointer) -> JSONValue {
        guard let last = pointer.tokens.last else { return .null }
        let parent = JSONPointer(tokens: pointer.tokens.dropLast())
        switch self[parent] {
        case .object(let members)?:
            let kept = members.filter { !$0.name.hasSameBytes(as: last) }
            return setting(.object(kept), at: parent) ?? self
        case .array(var items)?:
            guard let index = Self.index(last, in: items) else { return self }
            items.remove(at: index)
            return setting(.array(items), at: parent) ?? self
        default:
            return self
        }
    }

    private func setting(_ value: JSONValue, at tokens: ArraySlice<String>) -> JSONValue? {
        guard let token = tokens.first else { return value }
        let rest = tokens.dropFirst()
        switch self {
        case .object(var members):
            guard let index = members.firstIndex(where: { $0.name.hasSameBytes(as: token) }) else {
                guard rest.isEmpty else { return nil }
                return .object(members + [JSONMember(name: token, value: value)])
            }
            guard let changed = members[index].value.setting(value, at: rest) else { return nil }
            members[index].value = changed
            return .object(members)
        case .array(var items):
            guard let index = Self.index(token, in: items), let changed = items[index].setting(value, at: rest) else {
                return nil
            }
            items[index] = changed
            return .array(items)
        default:
            return nil
        }
    }

    private func child(_ token: String) -> JSONValue? {
        switch self {
        case .object: self[token]
        case .array(let items): Self.index(token, in: items).map { items[$0] }
        default: nil
        }
    }

    /// Reads an array index: digits without leading zero (RFC 6901, section 4), within the array.
    private static func index(_ token: String, in items: [JSONValue]) -> Int? {
        guard token.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let index = Int(token) else { return nil }
        guard String(index).utf8.count == token.utf8.count, index < items.count else { return nil }
        return index
    }
}
