import DeliveryScenarios
import FaultProving
import Testing

@Suite struct `Catalogue of proofs` {
    private let proofs = ProofCatalogue.all

    @Test func `names every proof once`() {
        let names = proofs.map { "\($0.name) over \($0.transport.rawValue)" }
        let twice = Dictionary(grouping: names) { $0 }.filter { $1.count > 1 }.keys
        #expect(twice.isEmpty)
    }

    @Test(arguments: Fault.Kind.allCases)
    func `has every fault at every sort of point, over all that it can happen to`(_ kind: Fault.Kind) {
        for point in kind.points {
            let found = proofs.filter { $0.group != .impossible }.filter { proof in
                proof.script.replies.contains { reply in
                    guard case .fault(let fault) = reply else { return false }
                    return fault.kind == kind && fault.at.isSameSort(as: point)
                }
            }
            let transports = Set(found.map(\.transport))
            #expect(Self.transports(of: kind).isSubset(of: transports), "\(kind.rawValue) \(point.text)")
        }
    }

    private static func transports(of kind: Fault.Kind) -> Set<ProofTransport> {
        if kind == .goAway || kind == .resetStream { return [.http2, .http2Plain] }
        return kind.happensToHandshake || kind == .tlsTruncation ? [.tls] : [.plain, .tls]
    }

    @Test func `asks both victims in every proof`() {
        #expect(proofs.allSatisfy { !$0.raw.isEmpty && !$0.curl.isEmpty })
    }
}
