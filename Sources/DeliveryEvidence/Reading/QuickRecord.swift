/// Reads the records that a busy receiver leaves by the hundred thousand.
///
/// It reads what ``LineBytes`` writes and nothing else: any other record, and any of these with a member that is not known
/// here, is left to Foundation's decoder, which reads the same from the lines that both can read.
enum QuickRecord {
    /// The record in a line; `nil` when it is one for the decoder.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> EvidenceRecord? {
        guard var line = QuickLine(bytes), let event = event(&line), let sequence = line.number("seq"),
            let at = line.stamp("at")
        else { return nil }
        var real: Stamp?
        var scenario: String?
        guard line.optional("real", &real, QuickLine.stamp), line.optional("scenario", &scenario, QuickLine.text),
            line.isUsedUp
        else { return nil }
        return EvidenceRecord(sequence: sequence, scenario: scenario, at: at, real: real, event: event)
    }

    private static func event(_ line: inout QuickLine) -> EvidenceEvent? {
        guard let type = line.value("type") else { return nil }
        switch line.text(type) {
        case "attempt.arrived": return arrived(&line).map { .attemptArrived($0) }
        case "attempt.ended": return ended(&line).map { .attemptEnded($0) }
        case "connection.opened": return opened(&line).map { .connectionOpened($0) }
        case "connection.secured": return secured(&line).map { .connectionSecured($0) }
        case "connection.closed": return closed(&line).map { .connectionClosed($0) }
        default: return nil
        }
    }

    private static func arrived(_ line: inout QuickLine) -> AttemptArrived? {
        guard let attempt = line.number("attempt"), let connection = line.number("connection"),
            let endpoint = line.text("endpoint"), let ordinal = line.number("ordinal"),
            let firstByte = line.stamp("firstByte"), let headEnd = line.stamp("headEnd"),
            let head = line.bytes("head"), let method = line.text("method"), let target = line.text("target"),
            let version = line.text("version"), let headers = line.headers("headers"), let body = line.bytes("body"),
            let redacted = line.value("bodyRedacted"), let bodyRedacted = line.truth(redacted)
        else { return nil }
        var arrived = AttemptArrived(
            attempt: attempt,
            connection: connection,
            endpoint: endpoint,
            deliveryKey: nil,
            ordinal: ordinal,
            firstByte: firstByte,
            headEnd: headEnd,
            bodyEnd: nil,
            head: head,
            method: method,
            target: target,
            version: version,
            headers: headers,
            body: body,
            bodyRedacted: bodyRedacted
        )
        guard line.optional("deliveryKey", &arrived.deliveryKey, QuickLine.text),
            line.optional("bodyEnd", &arrived.bodyEnd, QuickLine.stamp),
            line.optional("malformed", &arrived.malformed, QuickLine.text),
            line.optional("place", &arrived.place, QuickLine.text),
            line.optional("unmatched", &arrived.unmatched, QuickLine.text),
            line.optional("stream", &arrived.stream, QuickLine.number)
        else { return nil }
        return arrived
    }

    private static func ended(_ line: inout QuickLine) -> AttemptEnded? {
        guard let attempt = line.number("attempt"), let asked = line.text("asked"),
            let bytesOut = line.number("bytesOut")
        else { return nil }
        var ended = AttemptEnded(
            attempt: attempt,
            asked: asked,
            status: nil,
            answerBegan: nil,
            answerEnded: nil,
            bytesOut: bytesOut,
            closing: nil
        )
        guard line.optional("status", &ended.status, QuickLine.number),
            line.optional("answerBegan", &ended.answerBegan, QuickLine.stamp),
            line.optional("answerEnded", &ended.answerEnded, QuickLine.stamp),
            line.optional("closing", &ended.closing, QuickLine.closing),
            line.optional("madeHeaders", &ended.madeHeaders, QuickLine.headers)
        else { return nil }
        return ended
    }

    private static func opened(_ line: inout QuickLine) -> ConnectionOpened? {
        guard let connection = line.number("connection"), let endpoint = line.text("endpoint"),
            let peer = line.text("peer")
        else { return nil }
        return ConnectionOpened(connection: connection, endpoint: endpoint, peer: peer)
    }

    private static func secured(_ line: inout QuickLine) -> ConnectionSecured? {
        guard let connection = line.number("connection") else { return nil }
        var secured = ConnectionSecured(connection: connection, version: nil, serverName: nil)
        guard line.optional("version", &secured.version, QuickLine.text),
            line.optional("serverName", &secured.serverName, QuickLine.text),
            line.optional("applicationProtocol", &secured.applicationProtocol, QuickLine.text)
        else { return nil }
        return secured
    }

    private static func closed(_ line: inout QuickLine) -> ConnectionClosed? {
        guard let connection = line.number("connection"), let place = line.value("closing"),
            let closing = line.closing(place), let bytesIn = line.number("bytesIn"),
            let bytesOut = line.number("bytesOut")
        else { return nil }
        return ConnectionClosed(connection: connection, closing: closing, bytesIn: bytesIn, bytesOut: bytesOut)
    }
}

extension QuickLine {
    fileprivate mutating func number(_ name: StaticString) -> Int? { value(name).flatMap(number) }

    fileprivate mutating func stamp(_ name: StaticString) -> Stamp? { value(name).flatMap(stamp) }

    fileprivate mutating func text(_ name: StaticString) -> String? { value(name).flatMap { text($0) } }

    fileprivate mutating func bytes(_ name: StaticString) -> Bytes? { value(name).flatMap { bytes($0) } }

    fileprivate mutating func headers(_ name: StaticString) -> [HeaderLine]? { value(name).flatMap { headers($0) } }

    /// Reads a member that need not be there; `false` when it is there and cannot be read.
    fileprivate mutating func optional<Value>(
        _ name: StaticString,
        _ value: inout Value?,
        _ read: (QuickLine) -> (Range<Int>) -> Value?
    ) -> Bool {
        guard let place = self.value(name) else { return true }
        value = read(self)(place)
        return value != nil
    }

    fileprivate func number(_ range: Range<Int>) -> Int? { integer(range).map { Int($0) } }

    fileprivate func stamp(_ range: Range<Int>) -> Stamp? { integer(range).map { Stamp(nanoseconds: $0) } }

    fileprivate func closing(_ range: Range<Int>) -> Closing? {
        guard var line = object(range), let by = line.text("by").flatMap(Closing.Party.init(rawValue:)),
            let how = line.text("how").flatMap(Closing.Manner.init(rawValue:)), let at = line.stamp("at"), line.isUsedUp
        else { return nil }
        return Closing(by: by, how: how, at: at)
    }

    /// Bytes that are text; those that are not are rare.
    private func bytes(_ range: Range<Int>) -> Bytes? {
        guard var line = object(range), let text = line.value("utf8"), line.isUsedUp else { return nil }
        return utf8(text).map { Bytes($0) }
    }

    fileprivate func headers(_ range: Range<Int>) -> [HeaderLine]? {
        guard let items = items(range) else { return nil }
        var headers: [HeaderLine] = []
        headers.reserveCapacity(items.count)
        for item in items {
            guard var line = object(item), let name = line.text("name"), let value = line.text("value"), line.isUsedUp
            else { return nil }
            headers.append(HeaderLine(name: name, value: value))
        }
        return headers
    }
}
