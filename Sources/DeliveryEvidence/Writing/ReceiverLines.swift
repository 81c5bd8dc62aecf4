/// The lines of what a receiver sees: records that come tens of thousands a second.
///
/// Foundation's encoder takes tens of microseconds for each of them, mostly for the containers and strings it makes on
/// the way. Here the fields are written straight into the line, in the order that sorting their names gives; the line is
/// the same to the byte. Everything else in the log is rare and goes through the encoder.
extension LineBytes {
    /// What every record has, whatever its event is.
    struct RecordHead {
        var sequence: Int
        var scenario: String?
        var at: Stamp
        var real: Stamp
    }

    /// Writes the line of a record, with the line feed at its end, in place of what was here.
    ///
    /// - Returns: `false` when the event is none of the receiver's; the line is then empty.
    mutating func write(_ event: EvidenceEvent, _ head: RecordHead) -> Bool {
        removeAll()
        switch event {
        case .attemptArrived(let arrived): write(arrived, head)
        case .attemptEnded(let ended): write(ended, head)
        case .connectionOpened(let opened): write(opened, head)
        case .connectionSecured(let secured): write(secured, head)
        case .connectionClosed(let closed): write(closed, head)
        case .handshakeFailed(let failed): write(failed, head)
        case .faultProduced(let fault): write(fault, head)
        default: return false
        }
        append("}\n")
        return true
    }

    /// The three neighbours `real`, `scenario` and `seq`.
    mutating func fields(_ head: RecordHead) {
        field("real", head.real)
        field("scenario", head.scenario)
        field("seq", head.sequence)
    }

    private mutating func write(_ arrived: AttemptArrived, _ head: RecordHead) {
        openObject()
        field("at", head.at)
        field("attempt", arrived.attempt)
        field("body", arrived.body)
        field("bodyEnd", arrived.bodyEnd)
        field("bodyRedacted", arrived.bodyRedacted)
        field("connection", arrived.connection)
        field("deliveryKey", arrived.deliveryKey)
        field("endpoint", arrived.endpoint)
        field("firstByte", arrived.firstByte)
        field("head", arrived.head)
        field("headEnd", arrived.headEnd)
        field("headers", arrived.headers)
        field("malformed", arrived.malformed)
        field("method", arrived.method)
        field("ordinal", arrived.ordinal)
        field("place", arrived.place)
        fields(head)
        field("stream", arrived.stream)
        field("target", arrived.target)
        field("type", plain: "attempt.arrived")
        field("unmatched", arrived.unmatched)
        field("version", arrived.version)
    }

    private mutating func write(_ ended: AttemptEnded, _ head: RecordHead) {
        openObject()
        field("answerBegan", ended.answerBegan)
        field("answerEnded", ended.answerEnded)
        field("asked", ended.asked)
        field("at", head.at)
        field("attempt", ended.attempt)
        field("bytesOut", ended.bytesOut)
        field("closing", ended.closing)
        if let headers = ended.madeHeaders { field("madeHeaders", headers) }
        fields(head)
        field("status", ended.status)
        field("type", plain: "attempt.ended")
    }

    private mutating func write(_ fault: FaultProduced, _ head: RecordHead) {
        openObject()
        field("asked", fault.asked)
        field("at", head.at)
        field("attempt", fault.attempt)
        field("connection", fault.connection)
        field("endpoint", fault.endpoint)
        field("kernel", fault.kernel)
        fields(head)
        field("type", plain: "fault.produced")
        field("wire", fault.wire)
    }

    private mutating func field(_ name: StaticString, _ headers: [HeaderLine]) {
        self.name(name)
        append(UInt8(ascii: "["))
        for header in headers {
            if last != UInt8(ascii: "[") { append(UInt8(ascii: ",")) }
            openObject()
            field("name", header.name)
            field("value", header.value)
            closeObject()
        }
        append(UInt8(ascii: "]"))
    }

    private mutating func field(_ name: StaticString, _ texts: [String]) {
        self.name(name)
        append(UInt8(ascii: "["))
        for text in texts {
            if last != UInt8(ascii: "[") { append(UInt8(ascii: ",")) }
            appendQuoted(text)
        }
        append(UInt8(ascii: "]"))
    }
}
