/// A point in the life of an attempt at which a scenario goes on.
package struct NamedPoint: Sendable, Hashable {
    /// Where an attempt stands.
    package enum Point: String, Sendable, Hashable, CaseIterable {
        /// The request is there, and nothing of its answer was sent yet.
        case received
        /// The last byte of its answer was just given, so that nobody knows whether the dispatcher has read it.
        case answered
        /// The dispatcher has read the answer, and waits for the time of the next attempt.
        case waiting
    }

    /// Which attempt: the first to arrive is 1.
    package var attempt: Int
    package var point: Point
    /// The endpoint whose attempts are counted; `nil` means all of them together.
    package var endpoint: String?
    /// How long to wait for it.
    package var within: Duration

    package init(attempt: Int, point: Point, endpoint: String? = nil, within: Duration) {
        self.attempt = attempt
        self.point = point
        self.endpoint = endpoint
        self.within = within
    }

    /// What is noted when an attempt had its answer before anybody could do something about it.
    package var missed: String { "attempt \(attempt) was over already" }

    /// How long after an answer a dispatcher is taken to have read it.
    package static let reading = Duration.seconds(1)
}
