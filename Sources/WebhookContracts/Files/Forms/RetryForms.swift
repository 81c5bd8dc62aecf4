import Notation

extension TermForm where Value == JitterBand {
    /// `± 20%`, `0%..20%` or `-10%..20%`: by how much a wait may differ from the stated one.
    static var jitter: Self {
        Self(
            read: { reader, key in
                reader.value(key, wanted: "a band such as `± 20%` or `0%..20%`") { text throws(NotationError) in
                    try band(text)
                }
            },
            write: { band in
                band.least == -band.most ? "± \(percent(band.most))" : "\(percent(band.least))..\(percent(band.most))"
            }
        )
    }

    private static func band(_ text: String) throws(NotationError) -> JitterBand {
        let wrong = NotationError(
            message: "'\(text)' is not a band of jitter",
            help: "write `± 20%`, `0%..20%` or `-10%..20%`"
        )
        let parts = text.replacing(" ", with: "")
        if parts.hasPrefix("±") {
            guard let most = share(parts.dropFirst()), most > 0, most <= 1 else { throw wrong }
            return JitterBand(least: -most, most: most)
        }
        let edges = parts.split(separator: "..", omittingEmptySubsequences: false)
        guard edges.count == 2, let least = share(edges[0]), let most = share(edges[1]), least >= -1, most > least,
            most <= 10
        else { throw wrong }
        return JitterBand(least: least, most: most)
    }

    private static func share(_ text: Substring) -> Double? {
        guard text.last == "%", let number = Double(text.dropLast()), number.isFinite else { return nil }
        return number / 100
    }

    private static func percent(_ share: Double) -> String {
        let hundredths = (share * 10_000).rounded() / 100
        return hundredths == hundredths.rounded() ? "\(Int(hundredths))%" : "\(hundredths)%"
    }
}

extension TermForm where Value == RedeliveryTerms {
    /// `{ pending: cancelled, counts: true }`.
    static var redelivery: Self {
        structure("a redelivery") { reader in
            let pending = reader.required("pending", as: TermForm<PendingRetry>.word)
            let counts = reader.required("counts", as: TermForm<Bool>.truth)
            guard let pending, let counts else { return nil }
            return RedeliveryTerms(pending: pending, counts: counts)
        } write: { terms in
            "the waiting retry is \(terms.pending.rawValue), and it \(terms.counts ? "counts" : "does not count")"
        }
    }
}
