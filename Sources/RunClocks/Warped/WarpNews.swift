/// What a warped session tells of its clock.
package enum WarpNews: Sendable, Hashable {
    /// The clock moved.
    case jumped(WarpJump)
    /// For so much real time it did not move although everything slept, and why.
    case held(Duration, why: String)
    /// Every thread of the programs waits, and none for a time: nothing will ever happen there by itself.
    case idle(why: String)
    /// Something the clock cannot see, which leaves its exactness in doubt.
    case doubted(String)
    /// A program that the engine cannot see came up; the session is over.
    case refused(String)
    /// The next deadline lies beyond the horizon; the session is over.
    case reachedHorizon
    /// The session neither works nor waits for a time; it is over, with who waits for what.
    case stuck(String)
}

/// One move of the clock.
package struct WarpJump: Sendable, Hashable {
    package var from: RunInstant
    package var to: RunInstant
    /// False for a step that was forced although something never slept.
    package var isExact: Bool
    /// Whose deadline it was.
    package var due: String
    /// Earlier ticks of runtimes that were passed over.
    package var skippedTicks: Int
}
