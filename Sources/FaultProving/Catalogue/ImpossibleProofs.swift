import DeliveryScenarios

/// Faults that a connection cannot have: they must be reported, and never be another fault or an answer.
enum ImpossibleProofs {
    static var all: [FaultProof] {
        [Fault.Kind.goAway, .resetStream].flatMap { kind in
            [ProofTransport.plain, .tls].map { proof(Fault(kind: kind), over: $0) }
        } + [ProofTransport.http2, .http2Plain].map { proof(Fault(kind: .malformedChunk), over: $0) }
            + [ProofTransport.plain, .http2Plain].map { proof(Fault(kind: .tlsTruncation), over: $0) }
    }

    private static func proof(_ fault: Fault, over transport: ProofTransport) -> FaultProof {
        let reply = Reply.fault(fault)
        let parts =
            transport.isHTTP2
            ? ProofRequest.frames(for: .end, isTLS: transport.isTLS) : ProofRequest.parts(for: .end)
        let sight = ExpectedSight(
            answer: .noAnswer,
            ends: [.fin, .reset, .open],
            tls: transport.isTLS ? .secured(applicationProtocol: nil) : nil
        )
        return FaultProof(
            .impossible,
            reply.shortSummary,
            over: transport,
            script: ReplyScript(replies: [reply]),
            raw: [RawStep(VictimMove(carriage: transport.carriage(), parts: parts), sees: sight, receipt: .failure)],
            curl: [CurlStep(ExpectedCurl(.broken), version: transport.curlVersion)]
        )
    }
}
