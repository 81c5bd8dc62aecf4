/// The parts of a JSON object: names, numbers, texts, bytes.
///
/// Fields are written in the order of their names, which is how the log is sorted. An optional field that is `nil` is
/// left out, as Foundation's encoder does.
extension LineBytes {
    mutating func openObject() { append(UInt8(ascii: "{")) }

    mutating func closeObject() { append(UInt8(ascii: "}")) }

    /// Begins a field; its value follows.
    @inline(__always)
    mutating func name(_ name: StaticString) {
        if last != UInt8(ascii: "{") { append(UInt8(ascii: ",")) }
        append(UInt8(ascii: "\""))
        append(name)
        append("\":")
    }

    @inline(__always)
    mutating func field(_ name: StaticString, _ value: String?) {
        guard let value else { return }
        self.name(name)
        appendQuoted(value)
    }

    @inline(__always)
    mutating func field(_ name: StaticString, _ value: Int?) {
        guard let value else { return }
        self.name(name)
        append(Int64(value))
    }

    @inline(__always)
    mutating func field(_ name: StaticString, _ value: Stamp?) {
        guard let value else { return }
        self.name(name)
        append(value.nanoseconds)
    }

    @inline(__always)
    mutating func field(_ name: StaticString, _ value: Bool) {
        self.name(name)
        append(value ? "true" : "false")
    }

    /// A field whose value is a text that needs no escapes.
    @inline(__always)
    mutating func field(_ name: StaticString, plain value: StaticString) {
        self.name(name)
        append(UInt8(ascii: "\""))
        append(value)
        append(UInt8(ascii: "\""))
    }

    /// Bytes from the wire: as text where they are UTF-8, as base64 where they are not.
    mutating func field(_ name: StaticString, _ value: Bytes) {
        self.name(name)
        value.bytes.withUnsafeBufferPointer { bytes in
            let start = count
            append(#"{"utf8":"#)
            if !appendQuoted(bytes) {
                truncate(to: start)
                append(#"{"base64":""#)
                appendBase64(bytes)
                append(UInt8(ascii: "\""))
            }
        }
        closeObject()
    }

    /// Appends `number` in decimal.
    mutating func append(_ number: Int64) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        var digits = 1
        var limit: UInt64 = 10
        // The limit ends at the nineteenth power of ten, which is above every magnitude and still a UInt64.
        while rest >= limit {
            digits += 1
            limit *= 10
        }
        appendUpTo(digits) { memory in
            for index in (0..<digits).reversed() {
                let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
                memory[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
                rest = quotient
            }
            return (digits, ())
        }
    }
}
