import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import Testing

/// Frames that are nearly right, the same for every run.
private struct FrameDice {
    private var draw: SeededDraw

    init(seed: UInt64) {
        draw = SeededDraw(seed: seed, stream: 2)
    }

    mutating func number(below count: Int) -> Int { Int(draw.unit() * Double(count)) }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(number(below: 256)) } }

    /// A whole request, a frame with anything in it, or bytes that are none.
    mutating func portion() -> [UInt8] {
        let stream = number(below: 12)
        switch number(below: 10) {
        case 0...2: return Requests.post("{}", on: 2 * number(below: 20) + 1)
        case 3: return Requests.head(Requests.headers([("x", "y")], method: "PUT"), on: 2 * number(below: 20) + 1)
        case 4: return Frame(kind: .data, flags: UInt8(number(below: 16)), stream: stream, payload: bytes(30)).bytes
        case 5: return Frame(kind: .windowUpdate, stream: stream, payload: bytes(4)).bytes
        case 6: return Frame(kind: .reset, stream: stream, payload: Frame.bytes(of: number(below: 20))).bytes
        case 7: return Frame(kind: .settings, payload: [0, UInt8(number(below: 9))] + bytes(4)).bytes
        case 8:
            guard let kind = Frame.Kind(rawValue: UInt8(number(below: 10))) else { return [] }
            let payload = bytes(number(below: 40))
            return Frame(kind: kind, flags: UInt8(number(below: 256)), stream: stream, payload: payload).bytes
        default: return number(below: 8) == 0 ? bytes(number(below: 60)) : []
        }
    }
}

@Suite struct `Frames at random` {
    private static let replies: [Reply] = [
        .status(200, body: "one"), .respond(Response(status: 200, body: "two", early: true)),
        .fault(Fault(kind: .resetStream)), .fault(Fault(kind: .hang, at: .insideBody)),
        .fault(Fault(kind: .resetStream, at: .requestBody(1))), .respond(Response(status: 200, filler: .size(90_000))),
        .fault(Fault(kind: .goAway, at: .answerHead)), .fault(Fault(kind: .truncate)), .status(204),
    ]

    @Test func `crash nothing, and every attempt gets its end`() async throws {
        let evidence = try await receivingHTTP2(Self.replies, keys: [.header("x-none")]) { bench in
            for seed in 0..<80 as Range<UInt64> {
                var dice = FrameDice(seed: seed)
                var bytes = Requests.opening
                for _ in 0..<(1 + dice.number(below: 30)) { bytes += dice.portion() }
                let victim = try bench.victim()
                // The receiver may have closed before all of it is sent.
                do { try await victim.send(bytes) } catch is Victim.Failure {}
                victim.shutDownWriting()
                _ = try await victim.receive()
                victim.close()
                try await bench.evidence.reach { $0.closed.count == Int(seed) + 1 }
                #expect(bench.receiver.activity.inFlight == 0)
            }
        }
        #expect(
            evidence.arrived.count > 100
                && evidence.arrived.map(\.attempt).sorted() == evidence.ended.map(\.attempt).sorted()
        )
        #expect(evidence.arrived.contains { $0.malformed != nil } && evidence.arrived.contains { $0.malformed == nil })
    }
}
