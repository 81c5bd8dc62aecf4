/// A connection that a victim can ask without ever waiting.
protocol VictimSocket: Sendable {
    /// Gives bytes to the kernel, as many as it takes.
    func send(_ bytes: ArraySlice<UInt8>) -> SendOutcome

    /// Takes what has come.
    func receive() -> ReceiveOutcome

    /// The victim's own port.
    var localPort: Int? { get }

    /// What TLS showed so far; `nil` without TLS.
    var tls: TLSSight? { get }

    /// Closes the connection.
    func close() async
}

/// What became of bytes to be sent.
enum SendOutcome: Sendable, Hashable {
    /// So many were taken; 0 when the kernel takes none now.
    case taken(Int)
    /// The connection is broken.
    case broken
}

/// What there was to be read.
enum ReceiveOutcome: Sendable, Hashable {
    /// Bytes, and when they came.
    case bytes([UInt8], at: SuspendingClock.Instant)
    case nothing
    /// The peer's FIN.
    case fin
    /// The peer's RST, or what the kernel makes of it.
    case reset
}

/// How connecting ended.
enum ConnectOutcome: Sendable {
    case stood(any VictimSocket)
    case refused
    case unanswered
    case failed(Int32)
}
