import DeliveryScenarios
import Testing

@Suite struct `Seeded chance` {
    private func row(seed: UInt64, stream: UInt64, count: Int = 8) -> [Double] {
        var draw = SeededDraw(seed: seed, stream: stream)
        return (0..<count).map { _ in draw.unit() }
    }

    @Test func `is the same for the same seed and row, and no other`() {
        #expect(row(seed: 7, stream: 1) == row(seed: 7, stream: 1))
        #expect(row(seed: 7, stream: 1) != row(seed: 7, stream: 2))
        #expect(row(seed: 7, stream: 1) != row(seed: 8, stream: 1))
        #expect(row(seed: 7, stream: 1) != row(seed: 1, stream: 7))
    }

    /// What a run was shown with must come again with the next release.
    @Test func `stays what it was`() {
        let known = row(seed: 7, stream: 1, count: 3).map { Int($0 * 1e9) }
        #expect(known == Self.known)
    }

    private static let known = [215_886_699, 951_380_008, 242_789_470]

    @Test func `fills the whole span from 0 to 1 evenly`() {
        let drawn = (0..<10_000).map { attempt -> Double in
            var draw = SeededDraw(seed: 3, stream: UInt64(attempt))
            return draw.unit()
        }
        #expect(drawn.allSatisfy { (0..<1).contains($0) })
        for tenth in 0..<10 {
            let count = drawn.count { Int($0 * 10) == tenth }
            #expect((800...1200).contains(count), "tenth \(tenth) has \(count)")
        }
    }

    @Test func `draws uniform delays inside their span`() {
        let spread = DelaySpread.uniform(least: .seconds(1), most: .seconds(3))
        let drawn = delays(spread)
        #expect(drawn.allSatisfy { $0 >= .seconds(1) && $0 <= .seconds(3) })
        #expect((900...1100).contains(drawn.count { $0 < .seconds(2) }))
    }

    @Test func `draws lognormal delays around their median, cut off`() {
        let spread = DelaySpread.lognormal(median: .seconds(1), sigma: 0.5, most: .seconds(2))
        let drawn = delays(spread)
        #expect(drawn.allSatisfy { $0 > .zero && $0 <= .seconds(2) })
        #expect((900...1100).contains(drawn.count { $0 < .seconds(1) }))
        // One in twelve lies beyond 1.386 standard deviations, where e^(0.5 x) is 2.
        #expect((110...230).contains(drawn.count { $0 == .seconds(2) }))
        // About 68 of 100 lie within one standard deviation.
        let near = drawn.count { $0 > .milliseconds(607) && $0 < .milliseconds(1649) }
        #expect((1280...1460).contains(near))
    }

    @Test func `survives a spread without sense`() {
        let spread = DelaySpread.lognormal(median: .seconds(1), sigma: 1e300, most: .seconds(2))
        #expect(delays(spread).allSatisfy { $0 >= .zero && $0 <= .seconds(2) })
    }

    private func delays(_ spread: DelaySpread) -> [Duration] {
        (0..<2000).compactMap { attempt in
            let reply = Reply.respond(Response(status: 503, spread: spread)).drawn(seed: 7, attempt: attempt)
            guard case .respond(let response) = reply, response.spread == nil else { return nil }
            return response.after
        }
    }

    @Test func `leaves what has no spread alone`() {
        let reply = Reply.respond(Response(status: 503, after: .seconds(1)))
        #expect(reply.drawn(seed: 7, attempt: 1) == reply)
        let fault = Reply.fault(Fault(kind: .reset, after: .seconds(1)))
        #expect(fault.drawn(seed: 7, attempt: 1) == fault)
    }

    @Test func `draws the wait of a fault`() {
        let spread = DelaySpread.uniform(least: .seconds(1), most: .seconds(3))
        guard case .fault(let fault) = Reply.fault(Fault(kind: .reset, spread: spread)).drawn(seed: 7, attempt: 1)
        else {
            Issue.record("this is no fault")
            return
        }
        #expect(fault.spread == nil && fault.after >= .seconds(1) && fault.after <= .seconds(3))
    }
}
