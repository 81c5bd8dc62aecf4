import ReferenceDispatching
import Testing

@Suite struct `Fair share` {
    private func shares(_ share: FairShare, _ waiting: [String]) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: share.shares(of: waiting).map { ($0.endpoint, $0.count) })
    }

    @Test func `gives an endpoint no more than its own limit`() {
        let share = FairShare(limits: ConcurrencyLimits(total: 10, perEndpoint: 4))
        #expect(shares(share, ["a"]) == ["a": 4])
    }

    @Test func `deals evenly when slots are short`() {
        let share = FairShare(limits: ConcurrencyLimits(total: 6, perEndpoint: 4))
        #expect(shares(share, ["a", "b", "c"]) == ["a": 2, "b": 2, "c": 2])
    }

    @Test func `prefers whoever has fewest in flight`() {
        var share = FairShare(limits: ConcurrencyLimits(total: 6, perEndpoint: 4))
        share.began(4, at: "hanging")
        #expect(shares(share, ["hanging", "healthy"]) == ["healthy": 2])
    }

    @Test func `gives back what ended`() {
        var share = FairShare(limits: ConcurrencyLimits(total: 2, perEndpoint: 1))
        share.began(1, at: "a")
        #expect(shares(share, ["a"]).isEmpty)
        share.ended(at: "a")
        #expect(share.total == 0)
        #expect(shares(share, ["a"]) == ["a": 1])
    }
}
