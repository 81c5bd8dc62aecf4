extension RequestPattern {
    /// Says that every request which fits `other` fits this as well; `false` also when that cannot be told.
    package func covers(_ other: RequestPattern) -> Bool {
        let coversMethods = methods.isEmpty || !other.methods.isEmpty && other.methods.allSatisfy(methods.contains)
        // A request always has a path, and it always starts with `/`.
        let coversPath = path.map { $0.covers(other.path ?? .startsWith("/")) } ?? true
        let coversHeaders = headers.allSatisfy { own in
            other.headers.contains { own.name.lowercased() == $0.name.lowercased() && own.value.covers($0.value) }
        }
        let coversFields = fields.allSatisfy { own in
            other.fields.contains { own.pointer == $0.pointer && own.value.covers($0.value) }
        }
        let coversSignature = signature == nil || signature == other.signature
        return coversMethods && coversPath && coversHeaders && coversFields && coversSignature
    }
}

extension TextPattern {
    /// Says that every text which is like `other` is like this as well; `false` also when that cannot be told.
    func covers(_ other: TextPattern) -> Bool {
        if self == other { return true }
        switch (self, other) {
        case (_, .absent), (.absent, _): return false
        case (.present, _): return true
        case (_, .equals(let text)): return matches(text)
        case (.startsWith(let own), .startsWith(let start)): return start.hasPrefix(own)
        case (.contains(let own), .startsWith(let part)), (.contains(let own), .contains(let part)):
            return part.contains(own)
        case (.like(let shape), _): return !shape.isEmpty && shape.allSatisfy { $0 == "*" }
        default: return false
        }
    }
}
