package import CurlTransport
import DeliveryScenarios
import Glibc
package import MockReceivers
import RunClocks

/// Makes proofs: opens receivers, sends both victims to them and has the outcome judged.
package struct ProofRunner: Sendable {
    /// How often a proof that fails is made before it counts as failed.
    ///
    /// A host that stalls can make any single exchange look wrong; a fault that is not real is not real every time.
    package static let tries = 3

    private let authority: RunAuthority
    private let trustStore: String
    private let transport: CurlTransport
    private let clock = RealRunClock()

    /// Makes a runner.
    ///
    /// - Parameters:
    ///   - authority: issues the receivers' certificates.
    ///   - trustStore: the path of a PEM file with the authority's certificate, for libcurl.
    ///   - transport: libcurl.
    package init(authority: RunAuthority, trustStore: String, transport: CurlTransport) {
        self.authority = authority
        self.trustStore = trustStore
        self.transport = transport
    }

    /// Makes all proofs, so many at a time, and gives their results in the order of the proofs.
    ///
    /// Those that fail are made again once the others are through, a few at a time, so that they have the host to
    /// themselves.
    ///
    /// - Parameter done: told of each verdict that stands, in the order in which they come to stand.
    package func prove(
        _ proofs: [FaultProof],
        width: Int,
        done: @escaping @Sendable (ProofResult) -> Void = { _ in }
    ) async -> [ProofResult] {
        var results: [Int: ProofResult] = [:]
        var left = Array(proofs.indices)
        for attempt in 1...Self.tries where !left.isEmpty {
            let round = await round(left.map { ($0, proofs[$0]) }, width: attempt == 1 ? width : min(width, 4)) {
                result in
                if attempt == Self.tries || !result.verdict.isNotReal { done(result) }
            }
            left = []
            for (index, result) in round.sorted(by: { $0.key < $1.key }) {
                var result = result
                result.tries = attempt
                if let before = results[index] { result.earlier = before.earlier + before.verdict.reasons }
                results[index] = result
                if result.verdict.isNotReal, attempt < Self.tries { left.append(index) }
            }
            if Task.isCancelled { break }
        }
        return proofs.indices.compactMap { results[$0] }
    }

    private func round(
        _ proofs: [(Int, FaultProof)],
        width: Int,
        done: (ProofResult) -> Void
    ) async -> [Int: ProofResult] {
        await withTaskGroup(of: (Int, ProofResult).self) { group in
            var results: [Int: ProofResult] = [:]
            var waiting = proofs.makeIterator()
            for _ in 0..<max(1, width) {
                guard let (index, proof) = waiting.next() else { break }
                group.addTask { (index, await prove(proof)) }
            }
            for await (index, result) in group {
                results[index] = result
                done(result)
                guard !Task.isCancelled, let (index, proof) = waiting.next() else { continue }
                group.addTask { (index, await prove(proof)) }
            }
            return results
        }
    }

    /// Makes one proof once.
    package func prove(_ proof: FaultProof) async -> ProofResult {
        let start = SuspendingClock().now
        async let raw = raw(proof)
        async let curl = curl(proof)
        var sights = await raw
        let other = await curl
        sights.curl = other.curl
        sights.curlReceiver = other.curlReceiver
        sights.curlIsMissing = other.curlIsMissing
        sights.failure = sights.failure ?? other.failure
        return ProofResult(
            proof: proof,
            verdict: ProofJudge.verdict(on: proof, sights, now: time(nil)),
            sights: sights,
            took: start.duration(to: SuspendingClock().now)
        )
    }

    private func raw(_ proof: FaultProof) async -> ProofSights {
        var sights = ProofSights()
        let book = ReceiptBook()
        do {
            try await receiving(proof, book) { receiver in
                let victim = RawVictim(port: receiver.port, authority: authority.caPEM)
                for step in proof.raw {
                    let expected = step.expected
                    let sight = await victim.exchange(
                        step.move,
                        isReaction: { expected.answer.isReaction($0) },
                        isEnough: { expected.isReached($0) }
                    )
                    sights.raw.append(sight)
                }
            }
        } catch {
            sights.failure = "\(error)"
        }
        sights.rawReceiver = book.sight
        return sights
    }

    private func curl(_ proof: FaultProof) async -> ProofSights {
        var sights = ProofSights()
        if let reason = reasonNotToAsk(proof) {
            sights.curlIsMissing = reason
            return sights
        }
        let book = ReceiptBook()
        do {
            try await receiving(proof, book) { receiver in
                let victim = CurlVictim(transport: transport, url: receiver.url, trustStore: trustStore)
                for step in proof.curl { sights.curl.append(await victim.exchange(step)) }
            }
        } catch {
            sights.failure = "\(error)"
        }
        sights.curlReceiver = book.sight
        return sights
    }

    /// Why this libcurl cannot tell anything about a proof.
    private func reasonNotToAsk(_ proof: FaultProof) -> String? {
        if proof.transport.isHTTP2, !CurlTransport.speaksHTTP2 { return "it was built without HTTP/2" }
        if proof.curl.contains(where: \.unpacks), !CurlTransport.unpacksGzip { return "it was built without zlib" }
        return nil
    }

    /// Opens a receiver with the proof's script and keeps it until every connection has its records.
    private func receiving(
        _ proof: FaultProof,
        _ book: ReceiptBook,
        _ body: (MockReceiver) async throws -> Void
    ) async throws {
        let endpoint = ScenarioEndpoint(
            name: "victim",
            identity: proof.transport.isTLS ? .trusted : .plain,
            offersHTTP2: proof.transport.isHTTP2,
            script: proof.script
        )
        try await withMockReceiver(for: endpoint, authority: authority, clock: clock, sink: book) { receiver in
            try await body(receiver)
            // The victim has closed; the receiver must have seen that before its own end can hide it.
            let deadline = SuspendingClock().now.advanced(by: .seconds(2))
            while book.sight.hasOpenConnections, SuspendingClock().now < deadline, await rest() {}
        }
    }
}
