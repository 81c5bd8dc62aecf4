import DeliveryScenarios

/// Answers with bytes that are wrong, too many or without end.
enum ByteProofs {
    static var all: [FaultProof] {
        [ProofTransport.plain, .tls].flatMap { transport in
            garbage(transport) + chunks(transport) + endless(transport) + [surplus(transport), shortage(transport)]
        }
    }

    private static func garbage(_ transport: ProofTransport) -> [FaultProof] {
        Fault.Kind.garbage.points.map { point in
            let fault = Fault(kind: .garbage, at: point)
            return PointProof(
                group: .bytes,
                fault: fault,
                transport: transport,
                answer: .upTo(AnswerShape(before: point), extra: fault.bytes),
                ends: [.fin],
                curl: .cut(.garbage, at: point, over: transport)
            ).proof
        }
    }

    private static func chunks(_ transport: ProofTransport) -> [FaultProof] {
        Fault.Kind.malformedChunk.points.map { point in
            let fault = Fault(kind: .malformedChunk, at: CutProofs.exact(point))
            return PointProof(
                group: .bytes,
                fault: fault,
                transport: transport,
                answer: .malformedChunk(after: bodyCount(before: fault.at)),
                ends: [.fin],
                curl: ExpectedCurl(.broken)
            ).proof
        }
    }

    private static func bodyCount(before point: Fault.Point) -> Int {
        switch point {
        case .insideBody: Fault.answer.body.utf8.count / 2
        case .body(let count): count
        default: 0
        }
    }

    private static func endless(_ transport: ProofTransport) -> [FaultProof] {
        Fault.Kind.endless.points.map { point in
            let fault = Fault(kind: .endless, at: CutProofs.exact(point), bytes: 100, every: .milliseconds(10))
            var isInHead = false
            if case .header = point { isInHead = true }
            return PointProof(
                group: .bytes,
                fault: fault,
                transport: transport,
                // More than the head and what comes at once: some portions have come.
                answer: .endless(inHead: isInHead, atLeast: 800),
                ends: [.open],
                silence: .zero,
                curl: ExpectedCurl(.timedOut),
                curlLimit: ExpectedCurl.shortLimit
            ).proof
        }
    }

    /// Fewer bytes than declared, and silence.
    private static func shortage(_ transport: ProofTransport) -> FaultProof {
        let fault = Fault(kind: .wrongLength, bytes: -10)
        var proof = PointProof(
            group: .bytes,
            fault: fault,
            transport: transport,
            answer: .upTo(.body(Fault.answer.body.utf8.count)),
            ends: [.open],
            curl: ExpectedCurl(.timedOut),
            curlLimit: ExpectedCurl.shortLimit
        ).proof
        proof.name += ", 10 bytes too few"
        return proof
    }

    private static func surplus(_ transport: ProofTransport) -> FaultProof {
        let fault = Fault(kind: .wrongLength)
        return PointProof(
            group: .bytes,
            fault: fault,
            transport: transport,
            answer: .upTo(.whole, extra: fault.bytes),
            ends: [.fin],
            curl: ExpectedCurl(.brokenOrAnswered(200))
        ).proof
    }
}
