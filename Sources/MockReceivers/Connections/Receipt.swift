import DeliveryEvidence

/// What has been done so far about an attempt that has not ended.
struct Receipt {
    let attempt: Int
    let asked: String
    /// The headers of the reply whose values were made for this attempt.
    let made: [HeaderLine]
    /// The status of the answer and the length of its status line, once an answer is tried.
    var statusLine: (status: Int, length: Int)?
    var began: Stamp?
    var ended: Stamp?
    var bytesOut = 0
    /// Says that the request itself stands in the evidence.
    var isArrivalRecorded = false
    /// How it ended, while its request is still coming.
    var end: AttemptEnded?

    init(attempt: Int, asked: String, made: [HeaderLine] = []) {
        self.made = made
        self.attempt = attempt
        self.asked = asked
    }

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
            closing: closing,
            madeHeaders: made.isEmpty ? nil : made
        )
    }
}
