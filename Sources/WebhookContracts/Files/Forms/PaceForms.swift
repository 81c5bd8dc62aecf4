import Notation

extension TermForm where Value == Int {
    /// A whole number of at least 1.
    static var number: Self {
        Self(read: { $0.int($1, in: 1...1_000_000) }, write: { "\($0)" })
    }
}

extension TermForm where Value == DeliveryRate {
    /// A number and a time: `20 in 1s`.
    static var rate: Self {
        Self(
            read: { reader, key in
                reader.value(key, wanted: "a rate such as `20 in 1s`") { text throws(NotationError) in
                    let parts = text.split(separator: " ")
                    guard parts.count == 3, parts[1] == "in", let count = Int(parts[0]), (1...1_000_000).contains(count)
                    else {
                        throw NotationError(
                            message: "'\(text)' is not a rate",
                            help: "write how many in which time, such as `20 in 1s`"
                        )
                    }
                    let window = try DurationNotation.parse(String(parts[2]))
                    guard window > .zero else {
                        throw NotationError(message: "a rate in no time is none", help: "write a time such as `1s`")
                    }
                    return DeliveryRate(count: count, window: window)
                }
            },
            write: { "\($0.count) in \(DurationNotation.text($0.window))" }
        )
    }
}
