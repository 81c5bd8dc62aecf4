import DeliveryScenarios

/// Makes the proof of a fault that happens at one point of one exchange over HTTP/1.1.
struct PointProof {
    let group: FaultProof.Group
    let fault: Fault
    let transport: ProofTransport
    /// What comes before the end, and the end.
    var answer: ExpectedAnswer
    var ends: Set<WireSight.End>
    var pauses: [ExpectedSight.Pause] = []
    var lateWords: [UInt8] = []
    /// How long nothing must come where the connection stays open; zero where bytes go on coming.
    var silence = Duration.milliseconds(300)
    var curl: ExpectedCurl
    var curlLimit = VictimMove.usualPatience

    /// Nothing of TLS was spoken when a fault at accept happens.
    private var isBeneathTLS: Bool { fault.at == .accept }

    private var expectedTLS: ExpectedTLS? {
        guard transport.isTLS, !isBeneathTLS else { return nil }
        if fault.kind == .tlsTruncation { return .truncated }
        return ends == [.fin] ? .closedInOrder : .secured(applicationProtocol: nil)
    }

    var proof: FaultProof {
        let reply = Reply.fault(fault)
        let parts = ProofRequest.parts(for: fault.at)
        let move = VictimMove(
            carriage: isBeneathTLS ? .bare : transport.carriage(),
            parts: parts,
            lateWords: lateWords,
            silence: silence
        )
        let sight = ExpectedSight(
            answer: answer,
            ends: ends,
            pauses: pauses,
            readsAfterFIN: lateWords.isEmpty ? nil : true,
            tls: expectedTLS
        )
        return FaultProof(
            group,
            reply.shortSummary,
            over: transport,
            script: ReplyScript(replies: [reply]),
            raw: [RawStep(move, sees: sight, receipt: .fault(reply.summary))],
            curl: [CurlStep(curl, limit: curlLimit)]
        )
    }
}

extension ExpectedCurl {
    /// How long libcurl waits where nothing ends the waiting but its own limit.
    static let shortLimit = Duration.milliseconds(700)

    /// What libcurl makes of a connection that ends or stalls at `point`.
    ///
    /// - Parameters:
    ///   - kind: `reset`, `close`, `halfClose`, `hang` or `garbage`, or what looks like one of them.
    ///   - status: that of the answer the fault happens to.
    static func cut(
        _ kind: Fault.Kind,
        at point: Fault.Point,
        over transport: ProofTransport,
        status: Int = 200
    ) -> Self {
        switch (point, kind) {
        case (.accept, .hang): ExpectedCurl(transport.isTLS ? .unanswered : .timedOut)
        case (.accept, _): ExpectedCurl(transport.isTLS ? .noHandshake : .broken)
        case (.end, .reset), (.end, .garbage): ExpectedCurl(.brokenOrAnswered(status))
        case (.end, _): ExpectedCurl(.answered(status))
        case (_, .hang): ExpectedCurl(.timedOut)
        case (.statusLine, _) where kind != .reset, (.header, _) where kind != .reset,
            (.insideHeader, _) where kind != .reset, (.answer, _) where kind != .reset:
            // A head that is cut short by FIN passes for a whole one with some releases.
            ExpectedCurl(.brokenOrAnswered(status))
        case (_, .garbage) where point.isInAnswer: ExpectedCurl(.brokenOrAnswered(status))
        default: ExpectedCurl(.broken)
        }
    }
}
