import DeliveryEvidence

/// Numbers that look random and are the same in every run.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Records of a receiver as nobody would send them: every optional field here and there, awkward texts, bytes that are
/// nearly UTF-8.
struct RandomRecords {
    private var numbers: SeededNumbers

    init(seed: UInt64) {
        numbers = SeededNumbers(seed: seed)
    }

    private static let awkward: [Unicode.Scalar] = [
        "\u{0}", "\u{1}", "\u{8}", "\t", "\n", "\u{B}", "\u{C}", "\r", "\u{E}", "\u{F}", "\u{10}", "\u{1B}", "\u{1F}",
        "\"", "\\", "/", "\u{7F}", "\u{80}", "\u{9F}", "é", "\u{301}", "\u{7FF}", "\u{800}", "\u{2028}", "\u{2029}",
        "\u{D7FF}", "\u{E000}", "\u{FEFF}", "\u{FFFD}", "\u{FFFF}", "\u{10000}", "\u{1F600}", "\u{10FFFF}",
    ]

    mutating func text() -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<length() {
            let isAwkward = Int.random(in: 0..<4, using: &numbers) == 0
            text.append(
                isAwkward
                    ? Self.awkward.randomElement(using: &numbers) ?? "a"
                    : Unicode.Scalar(UInt8.random(in: 0x20...0x7E, using: &numbers))
            )
        }
        return String(text)
    }

    mutating func bytes() -> Bytes {
        var bytes = Array(text().utf8)
        switch Int.random(in: 0..<3, using: &numbers) {
        case 0 where !bytes.isEmpty:
            let place = Int.random(in: bytes.indices, using: &numbers)
            bytes[place] = UInt8.random(in: 0...0xFF, using: &numbers)
        case 1 where !bytes.isEmpty:
            bytes.removeLast()
        default: break
        }
        return Bytes(bytes)
    }

    mutating func event() -> EvidenceEvent {
        switch Int.random(in: 0..<10, using: &numbers) {
        case 0: .attemptEnded(ended())
        case 1: .connectionOpened(ConnectionOpened(connection: number(), endpoint: text(), peer: text()))
        case 2:
            .connectionSecured(
                ConnectionSecured(
                    connection: number(),
                    version: maybe { $0.text() },
                    serverName: maybe { $0.text() },
                    applicationProtocol: maybe { $0.text() }
                )
            )
        case 3:
            .connectionClosed(
                ConnectionClosed(connection: number(), closing: closing(), bytesIn: number(), bytesOut: number())
            )
        case 4: .handshakeFailed(HandshakeFailed(connection: number(), reason: text()))
        case 5:
            .faultProduced(
                FaultProduced(
                    endpoint: text(),
                    connection: maybe { $0.number() },
                    attempt: maybe { $0.number() },
                    asked: text(),
                    kernel: (0..<Int.random(in: 0..<4, using: &numbers)).map { _ in text() },
                    wire: text()
                )
            )
        default: .attemptArrived(arrived())
        }
    }

    mutating func record() -> EvidenceRecord {
        EvidenceRecord(sequence: number(), scenario: maybe { $0.text() }, at: stamp(), real: stamp(), event: event())
    }

    private mutating func arrived() -> AttemptArrived {
        AttemptArrived(
            attempt: number(),
            connection: number(),
            endpoint: text(),
            deliveryKey: maybe { $0.text() },
            ordinal: number(),
            firstByte: stamp(),
            headEnd: stamp(),
            bodyEnd: maybe { $0.stamp() },
            head: bytes(),
            method: text(),
            target: text(),
            version: text(),
            headers: (0..<Int.random(in: 0..<5, using: &numbers)).map { _ in HeaderLine(name: text(), value: text()) },
            body: bytes(),
            bodyRedacted: Bool.random(using: &numbers),
            malformed: maybe { $0.text() },
            place: maybe { $0.text() },
            unmatched: maybe { $0.text() },
            stream: maybe { $0.number() }
        )
    }

    private mutating func ended() -> AttemptEnded {
        AttemptEnded(
            attempt: number(),
            asked: text(),
            status: maybe { $0.number() },
            answerBegan: maybe { $0.stamp() },
            answerEnded: maybe { $0.stamp() },
            bytesOut: number(),
            closing: maybe { $0.closing() },
            madeHeaders: maybe { numbers in [HeaderLine(name: numbers.text(), value: numbers.text())] }
        )
    }

    private mutating func closing() -> Closing {
        Closing(
            by: Bool.random(using: &numbers) ? .dispatcher : .receiver,
            how: Bool.random(using: &numbers) ? .fin : .reset,
            at: stamp()
        )
    }

    private mutating func length() -> Int {
        switch Int.random(in: 0..<50, using: &numbers) {
        case 0: Int.random(in: 1000...3000, using: &numbers)
        case 1...9: 0
        default: Int.random(in: 1...40, using: &numbers)
        }
    }

    /// A number of any length, rather than one of nineteen digits nearly always.
    private mutating func number() -> Int {
        let number = Int.random(in: .min...(.max), using: &numbers)
        return number >> Int.random(in: 0...63, using: &numbers)
    }

    private mutating func stamp() -> Stamp { Stamp(nanoseconds: Int64(number())) }

    private mutating func maybe<Value>(_ value: (inout RandomRecords) -> Value) -> Value? {
        Bool.random(using: &numbers) ? value(&self) : nil
    }
}
