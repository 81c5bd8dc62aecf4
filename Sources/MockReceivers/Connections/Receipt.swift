import DeliveryEvidence

/// What has been done so far about an attempt that has not ended.
struct Receipt {
    let attempt: Int
    let asked: String
    /// Ends the wait of whoever answers the attempt once the connection is gone.
    let gone: AsyncStream<Never>.Continuation
    /// The status of the answer and the length of its status line, once an answer is tried.
    var statusLine: (status: Int, length: Int)?
    var began: Stamp?
    var ended: Stamp?
    var bytesOut = 0

    /// The record for it.
    ///
    /// A status counts as sent when its whole line was.
    func record(closing: Closing?) -> AttemptEnded {
        AttemptEnded(
            attempt: attempt,
            asked: asked,
            status: statusLine.flatMap { bytesOut >= $0.length ? $0.status : nil },
            answerBegan: began,
            answerEnded: ended,
            bytesOut: bytesOut,
            closing: closing
        )
    }
}
