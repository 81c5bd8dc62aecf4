extension JSONValue {
    /// How deep arrays and objects may be nested.
    package static let deepest = 256

    /// Reads exactly one JSON text, strictly by RFC 8259.
    ///
    /// What the RFC leaves open is refused: a byte order mark, a name given twice in one object (compared after
    /// unescaping), an escaped half of a surrogate pair, and nesting deeper than ``deepest``.
    ///
    /// - Throws: a ``JSONError`` with the byte offset.
    package static func parse(_ bytes: some Collection<UInt8>) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes: Array(bytes))
        return try parser.document()
    }
}

/// Reads JSON from bytes; one instance reads one text.
struct JSONParser {
    var reader: JSONByteReader

    init(bytes: [UInt8]) {
        reader = JSONByteReader(bytes: bytes)
    }

    mutating func document() throws(JSONError) -> JSONValue {
        if reader.bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw JSONError(message: "the text starts with a byte order mark", offset: 0)
        }
        reader.skipWhitespace()
        let value = try value(depth: 0)
        reader.skipWhitespace()
        guard reader.peek == nil else { throw reader.error("there is more after the value") }
        return value
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard depth <= JSONValue.deepest else {
            throw reader.error("arrays and objects are nested deeper than \(JSONValue.deepest)")
        }
        switch reader.peek {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try reader.string())
        case UInt8(ascii: "-")?, (UInt8(ascii: "0")...UInt8(ascii: "9"))?: return .number(try reader.number())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case nil: throw reader.error("the text ends where a value should be")
        default: throw reader.error("a value should be here")
        }
    }

    private mutating func literal(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        guard reader.skip(word) else { throw reader.error("a value should be here") }
        return value
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        reader.advance()
        var items: [JSONValue] = []
        reader.skipWhitespace()
        if reader.skip("]") { return .array(items) }
        while true {
            reader.skipWhitespace()
            items.append(try value(depth: depth + 1))
            reader.skipWhitespace()
            if reader.skip("]") { return .array(items) }
            guard reader.skip(",") else { throw reader.error("`,` or `]` should be here") }
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        reader.advance()
        var members: [JSONMember] = []
        // Names are told apart by their bytes: `String` calls differently composed letters equal.
        var names: Set<[UInt8]> = []
        reader.skipWhitespace()
        if reader.skip("}") { return .object(members) }
        while true {
            reader.skipWhitespace()
            let nameOffset = reader.offset
            guard reader.peek == UInt8(ascii: "\"") else { throw reader.error("a name in quotes should be here") }
            let name = try reader.string()
            guard names.insert(Array(name.utf8)).inserted else {
                throw JSONError(message: "the name \"\(VisibleText.of(name))\" is given twice", offset: nameOffset)
            }
            reader.skipWhitespace()
            guard reader.skip(":") else { throw reader.error("`:` should be here") }
            reader.skipWhitespace()
            members.append(JSONMember(name: name, value: try value(depth: depth + 1)))
            reader.skipWhitespace()
            if reader.skip("}") { return .object(members) }
            guard reader.skip(",") else { throw reader.error("`,` or `}` should be here") }
        }
    }
}
