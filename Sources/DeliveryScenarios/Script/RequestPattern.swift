package import Notation

/// What a request must be like for a rule to apply; everything that is given must hold.
package struct RequestPattern: Sendable, Hashable {
    /// Methods, one of which it must have; empty means any.
    package var methods: [String]
    /// What its target is held against, without the query.
    package var path: TextPattern?
    package var headers: [HeaderPattern]
    /// Fields of its body (JSON, or a form with bracketed names).
    package var fields: [FieldPattern]
    /// What its signature must be.
    package var signature: SignatureState?

    package init(
        methods: [String] = [],
        path: TextPattern? = nil,
        headers: [HeaderPattern] = [],
        fields: [FieldPattern] = [],
        signature: SignatureState? = nil
    ) {
        self.methods = methods
        self.path = path
        self.headers = headers
        self.fields = fields
        self.signature = signature
    }

    /// Says that the body must be there to decide.
    package var needsBody: Bool { !fields.isEmpty || signature != nil }

    package struct HeaderPattern: Sendable, Hashable {
        package var name: String
        package var value: TextPattern

        package init(name: String, value: TextPattern) {
            self.name = name
            self.value = value
        }
    }

    package struct FieldPattern: Sendable, Hashable {
        package var pointer: JSONPointer
        package var value: TextPattern

        package init(pointer: JSONPointer, value: TextPattern) {
            self.pointer = pointer
            self.value = value
        }
    }

    /// What the signature of a request is worth, by the contract the receiver was given.
    package enum SignatureState: String, Sendable, Hashable, CaseIterable {
        case valid
        case invalid
        case absent
    }
}

/// What a text must be like.
package enum TextPattern: Sendable, Hashable {
    case equals(String)
    case contains(String)
    case startsWith(String)
    /// `*` stands for any run of characters.
    case like(String)
    case present
    case absent

    /// Says whether `text` is like that; `nil` is a text that is not there.
    package func matches(_ text: String?) -> Bool {
        guard let text else { return self == .absent }
        return switch self {
        case .equals(let wanted): text == wanted
        case .contains(let part): text.contains(part)
        case .startsWith(let start): text.hasPrefix(start)
        case .like(let shape): Self.isLike(Array(text.utf8), Array(shape.utf8))
        case .present: true
        case .absent: false
        }
    }

    /// The pattern in words, to follow "must".
    package var text: String {
        switch self {
        case .equals(let wanted): "be '\(wanted)'"
        case .contains(let part): "contain '\(part)'"
        case .startsWith(let start): "start with '\(start)'"
        case .like(let shape): "be like '\(shape)'"
        case .present: "be there"
        case .absent: "not be there"
        }
    }

    /// Matches in time proportional to the product of the lengths, whatever the pattern: a request may be crafted.
    private static func isLike(_ text: [UInt8], _ shape: [UInt8]) -> Bool {
        var (at, place) = (0, 0)
        var lastStar: (shape: Int, text: Int)?
        while at < text.count {
            if place < shape.count, shape[place] == UInt8(ascii: "*") {
                lastStar = (place, at)
                place += 1
            } else if place < shape.count, shape[place] == text[at] {
                at += 1
                place += 1
            } else if let star = lastStar {
                place = star.shape + 1
                at = star.text + 1
                lastStar = (star.shape, star.text + 1)
            } else {
                return false
            }
        }
        return shape[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
