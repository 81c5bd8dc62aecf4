import DeliveryScenarios

/// A port that refuses or answers nothing for a while, and then is there again with the same number.
enum PortProofs {
    static var all: [FaultProof] {
        [Fault.Kind.refuse, .blackhole].flatMap { kind in
            [ProofTransport.plain, .tls].flatMap { [fromTheStart(kind, $0), inBetween(kind, $0)] }
        }
    }

    /// How long the port is away: long enough for a host that stalls between opening the receiver and connecting to it.
    private static let outage = Duration.milliseconds(1200)
    /// How long a victim waits for an answer to SYN, which on one host takes microseconds.
    private static let synLimit = Duration.milliseconds(300)

    private static func fromTheStart(_ kind: Fault.Kind, _ transport: ProofTransport) -> FaultProof {
        let fault = Fault(kind: kind)
        let turns = [
            ScriptTurn(reply: .fault(fault), duration: outage), ScriptTurn(reply: .respond(Response(status: 200))),
        ]
        return FaultProof(
            .port,
            "\(kind.rawValue) for 1.2 s, then 200",
            over: transport,
            script: ReplyScript(turns: turns),
            raw: [away(kind, transport), back(transport)],
            curl: [curlAway(kind), curlBack]
        )
    }

    private static func inBetween(_ kind: Fault.Kind, _ transport: ProofTransport) -> FaultProof {
        let fault = Fault(kind: kind)
        let turns = [
            ScriptTurn(reply: .respond(Response(status: 500))), ScriptTurn(reply: .fault(fault), duration: outage),
            ScriptTurn(reply: .respond(Response(status: 200))),
        ]
        return FaultProof(
            .port,
            "500, \(kind.rawValue) for 1.2 s, then 200",
            over: transport,
            script: ReplyScript(turns: turns),
            raw: [answered(500, transport), away(kind, transport, rest: settling), back(transport)],
            curl: [CurlStep(ExpectedCurl(.answered(500))), curlAway(kind, rest: settling), curlBack]
        )
    }

    /// The outage begins when the attempt before it is over, which a victim that has its answer cannot see.
    private static let settling = Duration.milliseconds(100)

    private static func away(_ kind: Fault.Kind, _ transport: ProofTransport, rest: Duration = .zero) -> RawStep {
        RawStep(
            VictimMove(rest: rest, connectLimit: synLimit),
            sees: ExpectedSight(connecting: kind == .refuse ? .refused : .unanswered),
            receipt: .port(Reply.fault(Fault(kind: kind)).summary)
        )
    }

    private static func back(_ transport: ProofTransport) -> RawStep {
        var step = answered(200, transport)
        step.move.keepsTrying = true
        // A SYN that was dropped is sent again only after a second: a new connection is quicker.
        step.move.connectLimit = synLimit
        return step
    }

    static func answered(_ status: Int, _ transport: ProofTransport) -> RawStep {
        RawStep(
            VictimMove(carriage: transport.carriage(), parts: [ProofRequest.whole()]),
            sees: ExpectedSight(
                answer: .lawful(status: status),
                tls: transport.isTLS ? .closedInOrder : nil
            ),
            receipt: .answer(status)
        )
    }

    private static func curlAway(_ kind: Fault.Kind, rest: Duration = .zero) -> CurlStep {
        CurlStep(ExpectedCurl(kind == .refuse ? .refused : .unanswered), connectLimit: synLimit, rest: rest)
    }

    private static var curlBack: CurlStep {
        CurlStep(ExpectedCurl(.answered(200)), connectLimit: synLimit, keepsTrying: true)
    }
}
