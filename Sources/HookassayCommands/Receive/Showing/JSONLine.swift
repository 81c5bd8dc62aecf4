import Notation

/// A JSON object that is written as one line.
struct JSONLine: Sendable {
    private var members: [JSONMember]

    /// - Parameter event: what the line tells of.
    init(_ event: String) {
        members = [JSONMember(name: "event", value: .string(event))]
    }

    mutating func add(_ name: String, _ value: JSONValue) {
        members.append(JSONMember(name: name, value: value))
    }

    /// Adds a text; leaves it out when there is none.
    mutating func add(_ name: String, _ text: String?) {
        if let text { add(name, .string(text)) }
    }

    mutating func add(_ name: String, _ number: Int?) {
        if let number { add(name, .number("\(number)")) }
    }

    /// Adds a duration in seconds, exact to the microsecond.
    mutating func add(_ name: String, _ duration: Duration?) {
        guard let duration else { return }
        let microseconds = Int((duration / .microseconds(1)).rounded())
        let (seconds, rest) = abs(microseconds).quotientAndRemainder(dividingBy: 1_000_000)
        let digits = "\(rest)"
        let fraction = String(repeating: "0", count: 6 - digits.count) + digits
        add(name, .number("\(microseconds < 0 ? "-" : "")\(seconds).\(fraction)"))
    }

    mutating func add(_ name: String, _ truth: Bool) {
        add(name, .bool(truth))
    }

    /// The object, such as it stands inside another one.
    var value: JSONValue { .object(members) }

    /// The object without its event, to stand inside another one.
    var bare: JSONValue { .object(Array(members.dropFirst())) }

    /// The line, without a line break.
    ///
    /// Whatever would steer a terminal is escaped: outside of strings JSON has no such characters, and inside of them it
    /// means the same.
    var line: String {
        var line = ""
        var afterHash = false
        for scalar in value.compact().unicodeScalars {
            let isOrder = scalar == "#" && afterHash
            if isOrder || !ShownText.isShownAsItIs(scalar) {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    line += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            } else {
                line.unicodeScalars.append(scalar)
            }
            afterHash = scalar == "#"
        }
        return line
    }
}
