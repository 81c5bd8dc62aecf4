/// The members of one line of the log, found without Foundation's decoder.
///
/// The decoder takes tens of microseconds for a record, and a burst leaves hundreds of thousands. Whatever is not in the form
/// in which the log is written (a member twice, `null`, a number with a fraction, text that is not UTF-8) is nobody's here:
/// the answer is `nil`, and the decoder says what it is or what is wrong with it.
struct QuickLine {
    /// A member: where its name and its value stand, quotes included.
    private struct Member {
        var name: Range<Int>
        var value: Range<Int>
    }

    let bytes: UnsafeBufferPointer<UInt8>
    private var members: [Member] = []
    /// How many members were asked for and found.
    private(set) var used = 0

    /// Finds the members of the object that `bytes` are; `nil` when they are none, or in another form than the log's.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.init(bytes, in: 0..<bytes.count)
    }

    private init?(_ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>) {
        self.bytes = bytes
        var place = range.lowerBound
        guard place < range.upperBound, bytes[place] == UInt8(ascii: "{") else { return nil }
        place += 1
        members.reserveCapacity(24)
        guard place < range.upperBound, bytes[place] != UInt8(ascii: "}") else { return nil }
        while true {
            let name = place
            guard let nameEnd = Self.endOfText(bytes, from: name, to: range.upperBound), nameEnd < range.upperBound,
                bytes[nameEnd] == UInt8(ascii: ":"),
                let valueEnd = Self.endOfValue(bytes, from: nameEnd + 1, to: range.upperBound),
                valueEnd < range.upperBound
            else { return nil }
            members.append(Member(name: name..<nameEnd, value: (nameEnd + 1)..<valueEnd))
            place = valueEnd + 1
            if bytes[valueEnd] == UInt8(ascii: "}") { break }
            guard bytes[valueEnd] == UInt8(ascii: ",") else { return nil }
        }
        guard place == range.upperBound else { return nil }
    }

    /// Says that every member was asked for, so that none is unknown or there twice.
    var isUsedUp: Bool { used == members.count }

    /// Where the value of a member stands; `nil` when it is not there.
    mutating func value(_ name: StaticString) -> Range<Int>? {
        for member in members where isName(member.name, name) {
            used += 1
            return member.value
        }
        return nil
    }

    private func isName(_ range: Range<Int>, _ name: StaticString) -> Bool {
        range.count > 2 && isText((range.lowerBound + 1)..<(range.upperBound - 1), name)
    }

    private func isText(_ range: Range<Int>, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        for offset in 0..<range.count where bytes[range.lowerBound + offset] != text.utf8Start[offset] { return false }
        return true
    }

    /// The whole number at a range.
    func integer(_ range: Range<Int>) -> Int64? {
        var place = range.lowerBound
        let isNegative = bytes[place] == UInt8(ascii: "-")
        if isNegative { place += 1 }
        guard place < range.upperBound, range.upperBound - place <= 18 else { return nil }
        if bytes[place] == UInt8(ascii: "0"), range.upperBound - place > 1 { return nil }
        var number: Int64 = 0
        while place < range.upperBound {
            let digit = bytes[place] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            number = number * 10 + Int64(digit)
            place += 1
        }
        return isNegative ? -number : number
    }

    /// The truth value at a range.
    func truth(_ range: Range<Int>) -> Bool? {
        if isText(range, "true") { return true }
        return isText(range, "false") ? false : nil
    }

    /// The text at a range, unescaped.
    func text(_ range: Range<Int>) -> String? {
        guard let inner = inner(range) else { return nil }
        let slice = UnsafeBufferPointer(rebasing: bytes[inner])
        if !slice.contains(UInt8(ascii: "\\")) { return String(validating: slice, as: UTF8.self) }
        return QuickText.unescaped(slice).flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// The UTF-8 of the text at a range, unescaped.
    func utf8(_ range: Range<Int>) -> [UInt8]? {
        guard let inner = inner(range) else { return nil }
        let slice = UnsafeBufferPointer(rebasing: bytes[inner])
        guard slice.contains(UInt8(ascii: "\\")) else { return QuickText.isUTF8(slice) ? Array(slice) : nil }
        return QuickText.unescaped(slice).flatMap { unescaped in
            unescaped.withUnsafeBufferPointer { QuickText.isUTF8($0) } ? unescaped : nil
        }
    }

    private func inner(_ range: Range<Int>) -> Range<Int>? {
        guard bytes[range.lowerBound] == UInt8(ascii: "\"") else { return nil }
        return (range.lowerBound + 1)..<(range.upperBound - 1)
    }

    /// The members of the object at a range.
    func object(_ range: Range<Int>) -> QuickLine? { QuickLine(bytes, in: range) }

    /// Where the items of the list at a range stand.
    func items(_ range: Range<Int>) -> [Range<Int>]? {
        guard bytes[range.lowerBound] == UInt8(ascii: "[") else { return nil }
        var place = range.lowerBound + 1
        guard bytes[place] != UInt8(ascii: "]") else { return place + 1 == range.upperBound ? [] : nil }
        var items: [Range<Int>] = []
        while true {
            guard let end = Self.endOfValue(bytes, from: place, to: range.upperBound), end < range.upperBound else {
                return nil
            }
            items.append(place..<end)
            place = end + 1
            if bytes[end] == UInt8(ascii: "]") { return place == range.upperBound ? items : nil }
            guard bytes[end] == UInt8(ascii: ",") else { return nil }
        }
    }

    /// The place after a text; `nil` when none starts here.
    private static func endOfText(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int? {
        guard start < end, bytes[start] == UInt8(ascii: "\"") else { return nil }
        var place = start + 1
        while place < end {
            switch bytes[place] {
            case UInt8(ascii: "\""): return place + 1
            case UInt8(ascii: "\\"): place += 2
            case 0..<0x20: return nil
            default: place += 1
            }
        }
        return nil
    }

    /// The place after a value; what the value is worth shows when it is read.
    private static func endOfValue(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int? {
        guard start < end else { return nil }
        switch bytes[start] {
        case UInt8(ascii: "\""): return endOfText(bytes, from: start, to: end)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            var depth = 0
            var place = start
            while place < end {
                switch bytes[place] {
                case UInt8(ascii: "\""):
                    guard let after = endOfText(bytes, from: place, to: end) else { return nil }
                    place = after
                    continue
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    depth -= 1
                    if depth == 0 { return place + 1 }
                default: break
                }
                place += 1
            }
            return nil
        default:
            var place = start
            while place < end, isScalar(bytes[place]) { place += 1 }
            return place > start ? place : nil
        }
    }

    private static func isScalar(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
