import DeliveryScenarios

/// Handshakes that go wrong, each alone and all in one sequence, and a good one behind them.
enum HandshakeProofs {
    static var all: [FaultProof] { kinds.map(alone) + [sequence] }

    private static let kinds: [Fault.Kind] = [
        .expired, .notYetValid, .selfSigned, .unknownAuthority, .wrongHost, .oldVersion, .handshakeStall,
        .handshakeAbort,
    ]

    private static let good = ScriptTurn(reply: .respond(Response(status: 200)))

    private static func alone(_ kind: Fault.Kind) -> FaultProof {
        let steps = rawSteps(kind)
        let fault = Reply.fault(Fault(kind: kind))
        return FaultProof(
            .handshakes,
            "\(kind.rawValue), then good",
            over: .tls,
            script: ReplyScript(turns: [ScriptTurn(reply: fault, times: steps.count), good]),
            raw: steps + [PortProofs.answered(200, .tls)],
            curl: Array(repeating: curlStep(kind), count: steps.count) + [CurlStep(ExpectedCurl(.answered(200)))]
        )
    }

    private static var sequence: FaultProof {
        FaultProof(
            .handshakes,
            "\(kinds.map(\.rawValue).joined(separator: ", ")), then good",
            over: .tls,
            script: ReplyScript(turns: kinds.map { ScriptTurn(reply: .fault(Fault(kind: $0))) } + [good]),
            raw: kinds.compactMap { rawSteps($0).first } + [PortProofs.answered(200, .tls)],
            curl: kinds.map(curlStep) + [CurlStep(ExpectedCurl(.answered(200)))]
        )
    }

    /// First with a client that verifies, where a client can finish; then with one that looks closer.
    private static func rawSteps(_ kind: Fault.Kind) -> [RawStep] {
        let receipt = ExpectedReceipt.fault(Reply.fault(Fault(kind: kind)).summary)
        func step(_ move: VictimMove, _ sight: ExpectedSight) -> RawStep {
            RawStep(move, sees: sight, receipt: receipt)
        }
        func hello(_ answer: ExpectedAnswer, _ ends: Set<WireSight.End>) -> RawStep {
            step(VictimMove(parts: [ClientHello.bytes]), ExpectedSight(answer: answer, ends: ends))
        }
        let refusing = step(
            VictimMove(carriage: ProofTransport.tls.carriage(), parts: [ProofRequest.whole()]),
            ExpectedSight(ends: [.fin, .reset, .open], tls: .refused(alert: kind != .wrongHost && kind != .oldVersion))
        )
        switch kind {
        case .handshakeStall: return [hello(.upTo(.nothing), [.open])]
        case .handshakeAbort: return [hello(.fatalAlert, [.fin, .reset])]
        case .oldVersion: return [refusing, hello(.oldTLS, [.open, .fin, .reset])]
        default:
            guard let flaw = CertificateFlaw(kind) else { return [refusing] }
            let looking = step(
                VictimMove(carriage: ProofTransport.tls.carriage(verifies: false), silence: .milliseconds(50)),
                ExpectedSight(ends: [.open], tls: .certificate(flaw))
            )
            return [refusing, looking]
        }
    }

    private static func curlStep(_ kind: Fault.Kind) -> CurlStep {
        switch kind {
        case .handshakeStall: CurlStep(ExpectedCurl(.unanswered), limit: ExpectedCurl.shortLimit)
        case .expired: CurlStep(ExpectedCurl(.certificate(["expired"])))
        case .notYetValid: CurlStep(ExpectedCurl(.certificate(["not yet valid", "not activated"])))
        case .selfSigned: CurlStep(ExpectedCurl(.certificate(["self-signed", "self signed", "unknown"])))
        case .unknownAuthority: CurlStep(ExpectedCurl(.certificate(["issuer", "unknown", "in certificate chain"])))
        case .wrongHost: CurlStep(ExpectedCurl(.certificate(["match"])))
        default: CurlStep(ExpectedCurl(.noHandshake))
        }
    }
}

extension CertificateFlaw {
    /// What a fault of the handshake makes wrong with the certificate; `nil` when it is another thing that goes wrong.
    fileprivate init?(_ kind: Fault.Kind) {
        switch kind {
        case .expired: self = .expired
        case .notYetValid: self = .notYetValid
        case .selfSigned: self = .selfSigned
        case .unknownAuthority: self = .unknownAuthority
        case .wrongHost: self = .wrongHost
        default: return nil
        }
    }
}
