import ContractJudging
import Testing
import WebhookContracts

@Suite struct `Jitter` {
    private static let check: CheckID = "retry.jitter"

    /// A run in which many events fail once at each endpoint, and come again after waits that lie at a place of the band.
    private static func run(
        _ count: Int,
        endpoints: [String] = ["left", "right"],
        _ change: (inout Contract) -> Void = { _ in },
        place: (_ event: Int, _ endpoint: Int) -> Double
    ) throws -> HistoryMaker {
        var contract = try SampleContract.make()
        contract.retry.jitter = SampleContract.stated(JitterBand(least: -0.2, most: 0.2))
        change(&contract)
        var maker = HistoryMaker(contract: contract, endpoints: endpoints.map { HistoryMaker.endpoint($0) })
        for event in 0..<count {
            let name = maker.emit(at: .seconds(1) + .milliseconds(event))
            for (index, endpoint) in endpoints.enumerated() {
                let first = Duration.seconds(2) + .milliseconds(event)
                maker.attempt(name, at: first, to: endpoint, number: 1, answer: .status(500))
                let wait = Duration.seconds(240 + 120 * place(event, index))
                maker.attempt(name, at: first + .milliseconds(10) + wait, to: endpoint, number: 2)
            }
        }
        return maker
    }

    /// A number between 0 and 1 that looks drawn.
    private static func drawn(_ event: Int, _ endpoint: Int) -> Double {
        let mixed: Int = event * 7919 + endpoint * 104_729 + event * event * 31
        return Double(mixed % 1009) / 1008
    }

    @Test func `is there when waits fill their band and endpoints differ`() throws {
        let maker = try Self.run(60, place: Self.drawn)
        #expect(maker.outcome(Self.check) == .held)
        #expect(maker.outcome("retry.gaps") == .held)
    }

    @Test func `is missed when all waits are the same`() throws {
        #expect(try Self.run(60) { _, _ in 0.5 }.outcome(Self.check) == .violated)
        #expect(try Self.run(60) { event, _ in 0.5 + Double(event % 5) / 200 }.outcome(Self.check) == .violated)
    }

    @Test func `is missed when two endpoints wait alike`() throws {
        let maker = try Self.run(60) { event, _ in Self.drawn(event, 0) }
        #expect(maker.outcome(Self.check) == .violated)
        #expect(maker.verdict(Self.check)?.subject == "left and right")
    }

    @Test func `is broken by a wait outside the band`() throws {
        let maker = try Self.run(60) { event, endpoint in event == 30 ? 1.5 : Self.drawn(event, endpoint) }
        #expect(maker.outcome(Self.check) == .violated)
        #expect(maker.outcome("retry.gaps") == .violated)
    }

    @Test func `is not judged on a few waits`() throws {
        #expect(try Self.run(4) { _, _ in 0.5 }.outcome(Self.check) == nil)
    }

    @Test func `leaves waits out that a stall has touched`() throws {
        var maker = try Self.run(60) { _, _ in 0.5 }
        maker.stall(from: .seconds(100), to: .seconds(200))
        #expect(maker.outcome(Self.check) == nil)
    }

    @Test func `is only reported where nothing is stated`() throws {
        let maker = try Self.run(60, { $0.retry.jitter = .unstated }, place: { _, _ in 0.5 })
        #expect(maker.outcome(Self.check) == .unstated)
    }
}
