import DeliveryScenarios

/// HTTP/2: good answers, GOAWAY and RST_STREAM, and connections that break under a stream.
enum HTTP2Proofs {
    static var all: [FaultProof] {
        [ProofTransport.http2, .http2Plain].flatMap { transport in
            answers(transport) + streams(transport) + cuts(transport) + bytes(transport)
        }
    }

    private static let wait = Duration.milliseconds(200)

    private static func answers(_ transport: ProofTransport) -> [FaultProof] {
        let size = 1 << 20
        func answer(_ status: Int, _ change: (inout Response) -> Void = { _ in }) -> Response {
            var response = Fault.answer
            response.status = status
            change(&response)
            return response
        }
        let drip = Drip(part: .body, bytes: 10, every: .milliseconds(30))
        let interim = InterimResponse(status: 103)
        var proofs = [
            proof(answer(200), transport), proof(answer(503) { $0.after = wait }, transport, least: wait),
            proof(answer(200) { $0.holdBody = wait }, transport, least: wait),
            proof(answer(200) { $0.drip = drip }, transport, least: drip.every * 6),
            proof(answer(200) { $0.interim = [interim] }, transport),
            proof(Response(status: 200, filler: .size(size)), transport),
        ]
        proofs[5].curl[0].expected.bodyLength = size...size
        return proofs
    }

    private static func streams(_ transport: ProofTransport) -> [FaultProof] {
        let points = Fault.Kind.resetStream.points.map { point -> Fault.Point in
            switch point {
            case .requestBody: .requestBody(100)
            case .body: .body(17)
            default: point
            }
        }
        let usual = points.flatMap { [Fault(kind: .goAway, at: $0), Fault(kind: .resetStream, at: $0)] }
        // REFUSED_STREAM, INTERNAL_ERROR, ENHANCE_YOUR_CALM
        let others = [
            Fault(kind: .resetStream, code: 7), Fault(kind: .resetStream, code: 2), Fault(kind: .goAway, code: 11),
        ]
        return (usual + others).map { fault in
            var expected = expected(before: fault.at)
            if fault.kind == .goAway { expected.goAwayCode = fault.code } else { expected.resetCode = fault.code }
            var proof = proof(
                fault,
                transport,
                expected,
                ends: fault.kind == .goAway ? [.fin] : [.open],
                curl: ExpectedCurl(fault.at == .end ? .brokenOrAnswered(200) : .broken)
            )
            if fault.code != Fault(kind: fault.kind).code { proof.name += ", code \(fault.code)" }
            return proof
        }
    }

    /// The connection itself breaks, closes or stalls.
    private static func cuts(_ transport: ProofTransport) -> [FaultProof] {
        let cuts = [Fault.Kind.reset, .close, .halfClose, .hang].flatMap { kind in
            [Fault.Point.head, .request, .answerHead, .body(17)].map { point in
                let end: WireSight.End = kind == .reset ? .reset : kind == .hang ? .open : .fin
                var proof = proof(
                    Fault(kind: kind, at: point),
                    transport,
                    expected(before: point),
                    ends: [end],
                    curl: ExpectedCurl(kind == .hang ? .timedOut : .broken)
                )
                if kind == .halfClose {
                    proof.raw[0].move.lateWords = HTTP2Request.ping
                    proof.raw[0].expected.readsAfterFIN = true
                }
                return proof
            }
        }
        let lost = proof(
            Fault(kind: .lostAck),
            transport,
            ExpectedHTTP2(status: nil),
            ends: [.reset],
            curl: ExpectedCurl(.broken)
        )
        let half = proof(
            Fault(kind: .ambiguousAck),
            transport,
            ExpectedHTTP2(status: 200),
            ends: [.open],
            curl: ExpectedCurl(.timedOut)
        )
        guard transport.isTLS else { return cuts + [lost, half] }
        var truncated = proof(
            Fault(kind: .tlsTruncation),
            transport,
            ExpectedHTTP2(status: 200, body: .half),
            ends: [.fin],
            curl: ExpectedCurl(.broken)
        )
        truncated.raw[0].expected.tls = .truncated
        return cuts + [lost, half, truncated]
    }

    /// Streams with too few bytes, too many, without end, and bytes that are no frame.
    private static func bytes(_ transport: ProofTransport) -> [FaultProof] {
        let truncated = [Fault.Point.answerHead, .insideBody, .body(17)].map { point in
            var expected = expected(before: point)
            expected.streamEnd = .ended
            let curl = ExpectedCurl(.broken)
            return proof(Fault(kind: .truncate, at: point), transport, expected, ends: [.open, .fin], curl: curl)
        }
        let garbage = [Fault.Point.request, .body(17)].map { point in
            let fault = Fault(kind: .garbage, at: point)
            var expected = expected(before: point)
            expected.garbage = fault.bytes
            return proof(fault, transport, expected, ends: [.fin], curl: ExpectedCurl(.broken))
        }
        var endless = proof(
            Fault(kind: .endless, bytes: 100, every: .milliseconds(10)),
            transport,
            ExpectedHTTP2(status: 200, body: .endless(500)),
            ends: [.open],
            curl: ExpectedCurl(.timedOut)
        )
        endless.raw[0].move.silence = .zero
        let surplus = proof(
            Fault(kind: .wrongLength),
            transport,
            ExpectedHTTP2(status: 200, body: .surplus(10), streamEnd: .ended),
            ends: [.open, .fin],
            curl: ExpectedCurl(.brokenOrAnswered(200))
        )
        return truncated + garbage + [endless, surplus]
    }

    private static func expected(before point: Fault.Point) -> ExpectedHTTP2 {
        switch point {
        case .answerHead: ExpectedHTTP2(status: 200)
        case .insideBody: ExpectedHTTP2(status: 200, body: .half)
        case .body(let count): ExpectedHTTP2(status: 200, body: .bytes(count))
        case .end: ExpectedHTTP2(status: 200, body: .whole, streamEnd: .either)
        default: ExpectedHTTP2(status: nil)
        }
    }

    private static func proof(_ response: Response, _ transport: ProofTransport, least: Duration = .zero) -> FaultProof
    {
        let expected = ExpectedHTTP2(
            status: response.status,
            interim: response.interim.map(\.status),
            body: .whole,
            streamEnd: .ended
        )
        let curl = ExpectedCurl(.answered(response.status), atLeast: least)
        var proof = proof(
            .respond(response),
            at: .end,
            transport,
            expected,
            [.open, .fin],
            .answer(response.status),
            curl
        )
        if least > .zero { proof.raw[0].expected.pauses = [.init(before: .lastByte, of: least)] }
        return proof
    }

    private static func proof(
        _ fault: Fault,
        _ transport: ProofTransport,
        _ answer: ExpectedHTTP2,
        ends: Set<WireSight.End>,
        curl: ExpectedCurl
    ) -> FaultProof {
        let reply = Reply.fault(fault)
        return proof(reply, at: fault.at, transport, answer, ends, .fault(reply.summary), curl)
    }

    private static func proof(
        _ reply: Reply,
        at point: Fault.Point,
        _ transport: ProofTransport,
        _ answer: ExpectedHTTP2,
        _ ends: Set<WireSight.End>,
        _ receipt: ExpectedReceipt,
        _ curl: ExpectedCurl
    ) -> FaultProof {
        let move = VictimMove(
            carriage: transport.carriage(),
            parts: ProofRequest.frames(for: point, isTLS: transport.isTLS)
        )
        let sight = ExpectedSight(
            answer: .http2(answer),
            ends: ends,
            tls: transport.isTLS ? .secured(applicationProtocol: "h2") : nil
        )
        let limit = curl.outcome == .timedOut ? ExpectedCurl.shortLimit : VictimMove.usualPatience
        return FaultProof(
            .http2,
            reply.shortSummary,
            over: transport,
            script: ReplyScript(replies: [reply]),
            raw: [RawStep(move, sees: sight, receipt: receipt)],
            curl: [CurlStep(curl, version: transport.curlVersion, limit: limit)]
        )
    }
}
