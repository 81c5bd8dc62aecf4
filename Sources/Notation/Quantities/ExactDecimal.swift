/// A decimal number as written, kept exact: `1.25` is 125 hundredths.
struct ExactDecimal {
    /// What a number times a factor comes to.
    enum Product: Equatable {
        case whole(Int)
        case notWhole
        case tooLarge
    }

    /// The digits without the point.
    let digits: Int128
    /// How many of the digits stand after the point.
    let places: Int

    /// The most digits before the point; with `mostPlaces` and any unit's factor the product fits 128 bits.
    private static let mostDigits = 15
    /// The most digits after the point.
    private static let mostPlaces = 9

    /// Reads digits with at most one point between them; nil when the text is anything else or too long.
    init?(_ text: Substring) {
        let parts = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy(Self.isDigits) else { return nil }
        places = parts.count == 2 ? parts[1].utf8.count : 0
        guard parts[0].utf8.count <= Self.mostDigits, places <= Self.mostPlaces else { return nil }
        guard let digits = Int128(parts.joined()) else { return nil }
        self.digits = digits
    }

    /// The number times a factor of at most one day in nanoseconds.
    func times(_ factor: Int) -> Product {
        let (quotient, remainder) = (digits * Int128(factor)).quotientAndRemainder(dividingBy: Self.powerOfTen(places))
        guard let product = Int(exactly: quotient) else { return .tooLarge }
        return remainder == 0 ? .whole(product) : .notWhole
    }

    /// The number as the nearest binary floating point value.
    var double: Double { Double(digits) / Double(Self.powerOfTen(places)) }

    private static func powerOfTen(_ exponent: Int) -> Int128 {
        (0..<exponent).reduce(1) { product, _ in product * 10 }
    }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
