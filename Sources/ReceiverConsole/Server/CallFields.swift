import Notation

/// The members of a JSON object that came with a call, read one by one; what nobody asked for is refused at the end.
struct CallFields {
    private let members: [JSONMember]
    private var known: [String] = []
    private let place: String

    /// Reads a body; an empty one is an empty object.
    init(body: [UInt8]) throws(ConsoleRefusal) {
        guard !body.isEmpty else {
            members = []
            place = ""
            return
        }
        do {
            let value = try JSONValue.parse(body)
            guard let members = value.members else {
                throw ConsoleRefusal("The body must be a JSON object, not \(value.kindName).", status: 400)
            }
            self.members = members
        } catch let error as JSONError {
            throw ConsoleRefusal("The body is not JSON: \(error.message) (byte \(error.offset)).", status: 400)
        } catch let refusal as ConsoleRefusal {
            throw refusal
        } catch {
            throw ConsoleRefusal("The body cannot be read.", status: 400)
        }
        place = ""
    }

    private init(members: [JSONMember], place: String) {
        self.members = members
        self.place = place
    }

    /// The value of a member; nil when it is absent or null.
    mutating func value(_ name: String) -> JSONValue? {
        known.append(name)
        guard let value = members.first(where: { $0.name == name })?.value, value != .null else { return nil }
        return value
    }

    mutating func text(_ name: String) throws(ConsoleRefusal) -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.stringValue else { throw wrong(name, "a text", value) }
        return text
    }

    mutating func bool(_ name: String) throws(ConsoleRefusal) -> Bool? {
        guard let value = value(name) else { return nil }
        guard let bool = value.boolValue else { throw wrong(name, "true or false", value) }
        return bool
    }

    mutating func int(_ name: String, in range: ClosedRange<Int>) throws(ConsoleRefusal) -> Int? {
        guard let value = value(name) else { return nil }
        guard let number = value.intValue, range.contains(number) else {
            throw wrong(name, "a whole number from \(range.lowerBound) to \(range.upperBound)", value)
        }
        return number
    }

    mutating func texts(_ name: String) throws(ConsoleRefusal) -> [String]? {
        guard let value = value(name) else { return nil }
        let texts = value.items?.compactMap(\.stringValue)
        guard let texts, texts.count == value.items?.count else { throw wrong(name, "a list of texts", value) }
        return texts
    }

    mutating func object(_ name: String) throws(ConsoleRefusal) -> CallFields? {
        guard let value = value(name) else { return nil }
        guard let members = value.members else { throw wrong(name, "an object", value) }
        return CallFields(members: members, place: path(name))
    }

    /// Every member, for objects whose names are the caller's.
    mutating func everything() -> [JSONMember] {
        known += members.map(\.name)
        return members
    }

    /// Throws when there is a member that nobody asked for.
    func finish() throws(ConsoleRefusal) {
        guard let unknown = members.first(where: { !known.contains($0.name) })?.name else { return }
        throw ConsoleRefusal(
            "`\(VisibleText.of(path(unknown), atMost: 80))` is not known here.",
            help: known.isEmpty
                ? "Nothing can be given here."
                : "There are \(known.map { "`\(path($0))`" }.joined(separator: ", "))."
        )
    }

    func path(_ name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }

    func wrong(_ name: String, _ expected: String, _ value: JSONValue) -> ConsoleRefusal {
        ConsoleRefusal("`\(path(name))` must be \(expected); it is \(value.kindName) here.")
    }
}
