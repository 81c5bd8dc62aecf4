import ContractJudging
import Testing

@Suite struct `Catalogue of checks` {
    @Test func `gives every check an id of its own`() {
        let ids = CheckCatalogue.all.map(\.description.id)
        #expect(Set(ids).count == ids.count)
        #expect(!ids.isEmpty)
    }

    @Test func `covers no entry of the catalogue twice`() {
        let codes = CheckCatalogue.all.flatMap(\.description.codes)
        #expect(Set(codes).count == codes.count)
    }

    @Test(arguments: CheckCatalogue.all.map(\.description))
    func `describes every check`(check: CheckDescription) {
        #expect(check.title.hasSuffix("."))
        #expect(!check.asks.isEmpty)
        #expect(check.id.rawValue.contains("."))
        #expect(check.id.rawValue.allSatisfy { $0.isLowercase || ".-".contains($0) })
    }
}
