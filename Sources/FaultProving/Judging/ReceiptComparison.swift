import DeliveryEvidence

/// Holds what a receiver wrote down about a connection against what the raw victim saw of it: a pure function.
package enum ReceiptComparison {
    /// The reasons why the receipt is not true, or not complete; none when it is.
    package static func mismatches(_ step: RawStep, _ sight: WireSight, _ records: ReceiverSight) -> [String] {
        if case .port(let asked) = step.receipt {
            let receipts = records.produced.filter { $0.connection == nil && $0.asked.hasPrefix(asked) }
            return receipts.isEmpty ? ["the evidence has no receipt of '\(asked)'"] : []
        }
        if step.receipt == .failure {
            let isTold = records.failures.contains { $0.contains("could not be produced") }
            return isTold ? [] : ["the receiver did not say that the fault could not be produced"]
        }
        guard let port = sight.localPort, let receipt = records.connection(from: port) else {
            return ["the evidence has no record of the connection"]
        }
        switch step.receipt {
        case .port, .failure: return []
        case .fault(let asked): return fault(asked, step, sight, receipt)
        case .answer(let status): return answer(status, receipt) + count(step, sight, receipt)
        }
    }

    private static func fault(
        _ asked: String,
        _ step: RawStep,
        _ sight: WireSight,
        _ receipt: ConnectionReceipt
    ) -> [String] {
        guard let fault = receipt.produced.first, fault.asked == asked, receipt.produced.count == 1 else {
            let found = receipt.produced.map { "'\($0.asked)'" }.joined(separator: ", ")
            return ["the evidence has \(found.isEmpty ? "no receipt" : found) instead of one of '\(asked)'"]
        }
        if case .refused(let alert) = step.expected.tls { return refusal(receipt, alert: alert) }
        var reasons = wire(fault.wire, sight, isCounted: hasPlainCount(step))
        if let ended = receipt.ended.first, ended.asked != asked {
            reasons.append("the attempt's record says '\(ended.asked)' was asked for")
        }
        if receipt.arrived.count != receipt.ended.count {
            reasons.append("\(receipt.arrived.count) attempts arrived and \(receipt.ended.count) ended")
        }
        return reasons + closing(sight, receipt) + count(step, sight, receipt)
    }

    /// A client that refuses a certificate says so by an alert, or only once the handshake is through.
    private static func refusal(_ receipt: ConnectionReceipt, alert: Bool) -> [String] {
        if !receipt.arrived.isEmpty {
            return ["the evidence has a request on a connection whose handshake was refused"]
        }
        if alert {
            let reason = receipt.failedHandshake?.reason ?? "no failed handshake"
            return reason.hasPrefix("alert ") ? [] : ["the evidence has '\(reason)' instead of the client's alert"]
        }
        guard receipt.failedHandshake == nil, receipt.secured == nil else { return [] }
        return ["the evidence has neither a failed handshake nor a completed one"]
    }

    /// The receipt's own words about the wire.
    private static func wire(_ wire: String, _ sight: WireSight, isCounted: Bool) -> [String] {
        var reasons: [String] = []
        if let says = end(in: wire), says != sight.end {
            reasons.append("the receipt says '\(wire)' and the raw victim saw '\(sight.text)'")
        }
        if let number = wire.firstMatch(of: /after (\d+) bytes/).flatMap({ Int($0.1) }), isCounted {
            let seen = sight.bytes.count
            let isRight = sight.end == .open || wire.contains("goes on") ? number <= seen : number == seen
            if !isRight { reasons.append("the receipt says '\(wire)' and the raw victim got \(seen) bytes") }
        }
        return reasons
    }

    /// RST_STREAM ends no connection.
    private static func end(in wire: String) -> WireSight.End? {
        let words = wire.split { !$0.isLetter && $0 != "_" }
        if words.contains("RST") { return .reset }
        return words.contains("FIN") ? .fin : nil
    }

    private static func closing(_ sight: WireSight, _ receipt: ConnectionReceipt) -> [String] {
        guard let closing = receipt.closed?.closing else { return ["the evidence has no end of the connection"] }
        let isTrue =
            switch sight.end {
            case .reset: closing.by == .receiver && closing.how == .reset
            case .fin: closing.by == .receiver && closing.how == .fin
            case .open: closing.by == .dispatcher
            }
        guard !isTrue else { return [] }
        return [
            "the evidence has the connection ended by the \(closing.by) (\(closing.how)), the raw victim saw '\(sight.text)'"
        ]
    }

    /// The bytes both sides counted, where both count the same ones: over HTTP/1.1, above TLS.
    private static func count(_ step: RawStep, _ sight: WireSight, _ receipt: ConnectionReceipt) -> [String] {
        guard hasPlainCount(step), let closed = receipt.closed else { return [] }
        var reasons: [String] = []
        let got = sight.bytes.count
        // What is sent without end is cut off by the victim.
        let isRight = step.move.silence == .zero ? closed.bytesOut >= got : closed.bytesOut == got
        if !isRight { reasons.append("the evidence has \(closed.bytesOut) bytes sent, the raw victim got \(got)") }
        if sight.readsAfterFIN == true, closed.bytesIn != sight.sent {
            reasons.append("the raw victim sent \(sight.sent) bytes, of which the receiver read \(closed.bytesIn)")
        }
        return reasons
    }

    private static func hasPlainCount(_ step: RawStep) -> Bool {
        switch step.expected.answer {
        case .http2, .fatalAlert, .oldTLS: false
        default: step.expected.tls?.isRefusal != true
        }
    }

    private static func answer(_ status: Int, _ receipt: ConnectionReceipt) -> [String] {
        if let fault = receipt.produced.first {
            return ["the evidence has a receipt of '\(fault.asked)', and none was asked for"]
        }
        guard let ended = receipt.ended.first, receipt.ended.count == 1 else {
            return ["the evidence has \(receipt.ended.count) ended attempts instead of one"]
        }
        guard ended.status == status, ended.answerEnded != nil else {
            return ["the evidence has no complete answer of \(status), but \(ended.status.map { "\($0)" } ?? "none")"]
        }
        return []
    }
}
