/// What libcurl must make of one exchange.
///
/// Its numbers differ between releases where the fault is not one it knows, so what is asked for is no finer than what
/// every release tells apart.
package struct ExpectedCurl: Sendable, Hashable {
    package enum Outcome: Sendable, Hashable {
        /// Success with this status.
        case answered(Int)
        /// A failure that is neither a limit that ran out nor a connection that was not made.
        case broken
        /// A failure of that sort, or success with this status: libcurl can be deceived.
        case brokenOrAnswered(Int)
        /// Its limit ran out once the connection stood.
        case timedOut
        /// The connection was refused.
        case refused
        /// Its limit ran out before the connection stood.
        case unanswered
        /// The certificate was refused for a reason with one of these words in it.
        case certificate([String])
        /// There was no handshake.
        case noHandshake
    }

    package var outcome: Outcome
    /// The least time it must take.
    package var atLeast: Duration
    /// The length of the body, unpacked; `nil` when it does not matter.
    package var bodyLength: ClosedRange<Int>?

    package init(_ outcome: Outcome, atLeast: Duration = .zero, bodyLength: ClosedRange<Int>? = nil) {
        self.outcome = outcome
        self.atLeast = atLeast
        self.bodyLength = bodyLength
    }

    /// What the sight has against it; `nil` when it is as expected.
    package func mismatch(_ sight: CurlSight) -> String? {
        guard isRight(sight) else { return "libcurl saw \(sight.text) instead of \(text)" }
        if sight.total < atLeast {
            return "libcurl was through after \(sight.total.shortText), before \(atLeast.shortText) were over"
        }
        if let bodyLength, !bodyLength.contains(sight.bodyLength ?? 0) {
            return "libcurl saw \(sight.bodyLength ?? 0) bytes of body instead of \(bodyLength.lowerBound)"
        }
        return nil
    }

    private func isRight(_ sight: CurlSight) -> Bool {
        switch outcome {
        case .answered(let status): sight.code == 0 && sight.status == status
        case .broken: isBroken(sight)
        case .brokenOrAnswered(let status): isBroken(sight) || sight.code == 0 && sight.status == status
        case .timedOut: sight.code == Self.timeOut && sight.connected
        case .refused: sight.code == Self.noConnection
        case .unanswered: sight.code == Self.timeOut && !sight.connected
        case .certificate(let words):
            sight.code == Self.badCertificate && words.contains { sight.message.lowercased().contains($0) }
        case .noHandshake: sight.code == Self.noHandshake || isBroken(sight) && !sight.connected
        }
    }

    private func isBroken(_ sight: CurlSight) -> Bool {
        ![0, -1, Self.timeOut, Self.badCertificate].contains(sight.code)
    }

    private static let noConnection = 7
    private static let timeOut = 28
    private static let noHandshake = 35
    private static let badCertificate = 60

    /// What is expected, in a few words.
    package var text: String {
        switch outcome {
        case .answered(let status): "\(status)"
        case .broken: "a broken exchange"
        case .brokenOrAnswered(let status): "a broken exchange or \(status)"
        case .timedOut: "its limit running out on a connection that stands"
        case .refused: "a refused connection"
        case .unanswered: "its limit running out without a connection"
        case .certificate(let words): "a refused certificate (\(words.joined(separator: " or ")))"
        case .noHandshake: "a handshake that fails"
        }
    }
}
