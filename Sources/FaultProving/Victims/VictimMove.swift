/// What a raw victim does in one exchange.
package struct VictimMove: Sendable, Hashable {
    /// How its bytes travel.
    package enum Carriage: Sendable, Hashable {
        /// On the socket as they are.
        case bare
        /// Over TLS; without `verifies` any certificate is taken and looked at.
        case tls(verifies: Bool, protocols: [String])
    }

    package var carriage: Carriage
    /// What is sent, in parts; before each but the first the victim listens for a moment.
    package var parts: [[UInt8]]
    /// Says that the next part is sent only once the answer was seen.
    package var waitsForAnswer: Bool
    /// How long the victim waits before it connects.
    package var rest: Duration
    /// How long an answer to SYN is waited for.
    package var connectLimit: Duration
    /// Says that a refused or unanswered connection is tried again until one stands.
    package var keepsTrying: Bool
    /// The size of the kernel's buffer for what is sent, in bytes; `nil` leaves it to the kernel.
    package var sendBuffer: Int?
    /// What is sent, twice, after the receiver's FIN; empty is nothing.
    package var lateWords: [UInt8]
    /// How long there must be silence before the connection counts as still open.
    package var silence: Duration
    /// How long the victim listens between two parts for what must not come yet.
    package var listening: Duration
    /// How long it waits for what has to come.
    package var patience: Duration

    package init(
        carriage: Carriage = .bare,
        parts: [[UInt8]] = [],
        waitsForAnswer: Bool = false,
        rest: Duration = .zero,
        connectLimit: Duration = VictimMove.usualPatience,
        keepsTrying: Bool = false,
        sendBuffer: Int? = nil,
        lateWords: [UInt8] = [],
        silence: Duration = .milliseconds(300),
        listening: Duration = .milliseconds(80),
        patience: Duration = VictimMove.usualPatience
    ) {
        self.carriage = carriage
        self.parts = parts
        self.waitsForAnswer = waitsForAnswer
        self.rest = rest
        self.connectLimit = connectLimit
        self.keepsTrying = keepsTrying
        self.sendBuffer = sendBuffer
        self.lateWords = lateWords
        self.silence = silence
        self.listening = listening
        self.patience = patience
    }

    /// How long a victim waits for what has to come.
    ///
    /// It is long because a host may stall; a receiver that does what it says never needs it.
    package static let usualPatience = Duration.seconds(6)

    /// How long a victim rests between two looks at its socket.
    static let look = Duration.milliseconds(1)
}
