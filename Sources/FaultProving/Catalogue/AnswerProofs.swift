import DeliveryScenarios

/// Lawful answers that are late, slow, early, large or packed.
enum AnswerProofs {
    static var all: [FaultProof] {
        [ProofTransport.plain, .tls].flatMap { transport in
            statuses(transport) + delays(transport) + drips(transport)
                + [early(transport), interim(transport), large(transport), bomb(transport)] + slowReads(transport)
        }
    }

    private static let wait = Duration.milliseconds(200)

    private static func statuses(_ transport: ProofTransport) -> [FaultProof] {
        [200, 302, 410, 429, 503].map { status in
            proof(Response(status: status, headers: status == 302 ? [location] : [], body: "as asked"), transport)
        }
    }

    private static let location = ReplyHeader(name: "Location", value: "/elsewhere")

    private static func delays(_ transport: ProofTransport) -> [FaultProof] {
        func response(_ change: (inout Response) -> Void) -> Response {
            var response = Response(status: 200, headers: Fault.answer.headers, body: Fault.answer.body)
            change(&response)
            return response
        }
        let spread = DelaySpread.uniform(least: .milliseconds(100), most: wait)
        return [
            proof(response { $0.after = wait }, transport, [.init(before: .firstByte, of: wait)], least: wait),
            proof(
                response { $0.spread = spread },
                transport,
                [.init(before: .firstByte, of: .milliseconds(100))],
                least: .milliseconds(100)
            ),
            proof(
                response { $0.holdHeaders = wait },
                transport,
                [.init(before: .headers, of: wait, isSplit: true)],
                least: wait
            ),
            proof(
                response { $0.holdBody = wait },
                transport,
                [.init(before: .body, of: wait, isSplit: true)],
                least: wait
            ),
        ]
    }

    private static func drips(_ transport: ProofTransport) -> [FaultProof] {
        [Drip.Part.head, .body].map { part in
            let drip = Drip(part: part, bytes: 10, every: .milliseconds(30))
            // The waits between the portions of what is dripped; of the head, no more than its status line is counted on.
            let portions = part == .body ? (Fault.answer.body.utf8.count + 9) / 10 : 3
            let least = drip.every * (portions - 1)
            return proof(
                Response(status: 200, headers: Fault.answer.headers, body: Fault.answer.body, drip: drip),
                transport,
                [.init(before: .lastByte, of: least)],
                pieces: 2,
                least: least
            )
        }
    }

    /// The answer comes before the body was sent, and the body is read all the same.
    private static func early(_ transport: ProofTransport) -> FaultProof {
        let response = Response(status: 200, body: "early", early: true)
        var proof = proof(response, transport)
        proof.raw[0].move.parts = [ProofRequest.head(), ProofRequest.body()]
        proof.raw[0].move.waitsForAnswer = true
        proof.raw[0].expected.reactsBeforePart = 1
        return proof
    }

    private static func interim(_ transport: ProofTransport) -> FaultProof {
        let interim = [102, 103].map { InterimResponse(status: $0, after: .milliseconds(50)) }
        let response = Response(status: 200, body: "at last", interim: interim)
        var proof = proof(response, transport, [.init(before: .lastByte, of: .milliseconds(100))])
        proof.raw[0].expected.answer = .lawful(status: 200, interim: [102, 103])
        return proof
    }

    private static func large(_ transport: ProofTransport) -> FaultProof {
        let size = 1 << 20
        var proof = proof(Response(status: 200, filler: .size(size)), transport)
        proof.raw[0].expected.answer = .lawful(status: 200, body: size...size)
        proof.curl[0].expected.bodyLength = size...size
        return proof
    }

    /// Small on the wire, and large once it is unpacked.
    private static func bomb(_ transport: ProofTransport) -> FaultProof {
        let inflated = 8 << 20
        var proof = proof(Response(status: 200, filler: .gzip(inflated: inflated)), transport)
        proof.raw[0].expected.answer = .lawful(status: 200, body: 1...(inflated / 100))
        // It is made of whole rounds of 2064 zeros.
        proof.curl[0].expected.bodyLength = inflated...(inflated + 2064)
        proof.curl[0].unpacks = true
        return proof
    }

    /// The request is taken a portion at a time, whether an answer says so or the fault of that name.
    private static func slowReads(_ transport: ProofTransport) -> [FaultProof] {
        let pace = SlowRead(bytes: 1024, every: .milliseconds(10))
        let length = 48 * 1024
        // The head is known once its TLS record is read, which may have 16 KiB of the body in it.
        let paced = transport.isTLS ? length - 16 * 1024 : length
        let least = pace.every * (paced / pace.bytes - 2)
        let fault = Fault(kind: .slowRead, bytes: pace.bytes, every: pace.every)
        let replies = [Reply.respond(Response(status: 200, body: "read", slowRead: pace)), .fault(fault)]
        return replies.map { reply in
            var proof = proof(Response(status: 200), transport)
            proof.name = reply.shortSummary
            proof.script = ReplyScript(replies: [reply])
            proof.raw[0].move.parts = [ProofRequest.whole(length: length)]
            proof.raw[0].move.sendBuffer = 8192
            proof.raw[0].expected.pauses = [.init(before: .firstByte, of: least, isFromStart: true)]
            proof.raw[0].expected.isHeldUp = transport == .plain
            if case .fault = reply { proof.raw[0].receipt = .fault(reply.summary) }
            proof.curl[0].bodyLength = length
            proof.curl[0].expected.atLeast = least
            return proof
        }
    }

    private static func proof(
        _ response: Response,
        _ transport: ProofTransport,
        _ pauses: [ExpectedSight.Pause] = [],
        pieces: Int = 0,
        least: Duration = .zero
    ) -> FaultProof {
        var step = PortProofs.answered(response.status, transport)
        step.expected.pauses = pauses
        step.expected.pieces = pieces
        return FaultProof(
            .answers,
            Reply.respond(response).shortSummary,
            over: transport,
            script: ReplyScript(replies: [.respond(response)]),
            raw: [step],
            curl: [CurlStep(ExpectedCurl(.answered(response.status), atLeast: least))]
        )
    }
}
