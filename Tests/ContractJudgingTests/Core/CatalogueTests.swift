import ContractJudging
import Testing

@Suite struct `Catalogue of checks` {
    @Test func `gives every check an id of its own`() {
        let ids = CheckCatalogue.all.map(\.description.id)
        #expect(Set(ids).count == ids.count)
        #expect(!ids.isEmpty)
    }

    /// Three entries make two promises each: C2 of the key and of the budget, D1 of one event and of two, X1 of an endpoint
    /// that is off and of one switched on.
    @Test func `covers no entry of the catalogue twice but those that promise two things`() {
        let codes = CheckCatalogue.all.flatMap(\.description.codes)
        let shared = Dictionary(grouping: codes, by: \.self).filter { $1.count > 1 }
        #expect(shared.keys.sorted() == ["C2", "D1", "X1"])
    }

    @Test(arguments: CheckCatalogue.all.map(\.description))
    func `describes every check`(check: CheckDescription) {
        #expect(check.title.hasSuffix("."))
        #expect(!check.asks.isEmpty)
        #expect(check.id.rawValue.contains("."))
        #expect(check.id.rawValue.allSatisfy { $0.isLowercase || ".-".contains($0) })
    }
}
