import DeliveryScenarios

/// Connections that are reset, closed, half closed or left hanging, at every point.
enum CutProofs {
    static var all: [FaultProof] { atEveryPoint + late + truncated }

    private static var atEveryPoint: [FaultProof] {
        [Fault.Kind.reset, .close, .halfClose, .hang].flatMap { kind in
            kind.points.flatMap { point in
                [ProofTransport.plain, .tls].map { proof(Fault(kind: kind, at: point), over: $0) }
            }
        }
    }

    /// The fault comes only after a wait, or after a delayed answer was begun.
    private static var late: [FaultProof] {
        let wait = Duration.milliseconds(150)
        var slow = Fault.answer
        slow.after = wait
        return [ProofTransport.plain, .tls].flatMap { transport in
            [
                proof(Fault(kind: .reset, at: .request, after: wait), over: transport, [.init(before: .end, of: wait)]),
                proof(
                    Fault(kind: .close, at: .insideBody, after: wait),
                    over: transport,
                    [.init(before: .end, of: wait)]
                ),
                proof(
                    Fault(kind: .reset, at: .body(17), after: wait, answer: slow),
                    over: transport,
                    [.init(before: .firstByte, of: wait), .init(before: .end, of: wait + wait)]
                ),
            ]
        }
    }

    /// The end comes before the declared length, with close_notify and without.
    private static var truncated: [FaultProof] {
        let plain = Fault.Kind.truncate.points.flatMap { point in
            [ProofTransport.plain, .tls].map { proof(Fault(kind: .truncate, at: exact(point)), over: $0) }
        }
        return plain
            + Fault.Kind.tlsTruncation.points.map { proof(Fault(kind: .tlsTruncation, at: exact($0)), over: .tls) }
    }

    /// A point with a number that says more than none.
    static func exact(_ point: Fault.Point) -> Fault.Point {
        if case .body = point { .body(17) } else { point }
    }

    private static func proof(
        _ fault: Fault,
        over transport: ProofTransport,
        _ pauses: [ExpectedSight.Pause] = []
    ) -> FaultProof {
        let end: WireSight.End =
            switch fault.kind {
            case .reset: .reset
            case .hang: .open
            default: .fin
            }
        let limit = fault.kind == .hang ? ExpectedCurl.shortLimit : VictimMove.usualPatience
        return PointProof(
            group: .cuts,
            fault: fault,
            transport: transport,
            answer: .upTo(AnswerShape(before: fault.at)),
            ends: [end],
            pauses: pauses,
            lateWords: fault.kind == .halfClose ? Array("still talking".utf8) : [],
            curl: .cut(fault.kind, at: fault.at, over: transport),
            curlLimit: limit
        ).proof
    }
}
