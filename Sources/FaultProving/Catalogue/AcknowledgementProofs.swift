import DeliveryScenarios

/// Answers of 2xx that get lost on the way, wholly or in part.
enum AcknowledgementProofs {
    static var all: [FaultProof] {
        [ProofTransport.plain, .tls].flatMap { transport in
            [
                PointProof(
                    group: .acknowledgements,
                    fault: Fault(kind: .lostAck),
                    transport: transport,
                    answer: .upTo(.nothing),
                    ends: [.reset],
                    curl: ExpectedCurl(.broken)
                ).proof,
                PointProof(
                    group: .acknowledgements,
                    fault: Fault(kind: .ambiguousAck),
                    transport: transport,
                    answer: .upTo(.afterHead),
                    ends: [.open],
                    curl: ExpectedCurl(.timedOut),
                    curlLimit: ExpectedCurl.shortLimit
                ).proof,
            ]
        }
    }
}
