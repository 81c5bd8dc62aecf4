/// How much more a client may send on a stream, and when it is told of more (RFC 9113 section 5.2): a value.
struct ReceiveWindow: Equatable {
    /// When more is granted.
    enum Policy: Equatable {
        /// As soon as half of it is used.
        case free
        /// So many bytes whenever asked.
        case portions(Int)
        /// Never.
        case held
    }

    /// How many bytes may still come; below zero when the client sent more before it learned of a smaller window.
    private(set) var size = 0
    /// Nothing is granted until it is known how the request is read.
    var policy = Policy.held
    private let target: Int

    init(target: Int) {
        self.target = target
    }

    /// Takes another size, as it is on the wire.
    ///
    /// - Returns: how many bytes are to be granted now.
    mutating func becomes(_ size: Int) -> Int? {
        self.size = size
        return policy == .free && size < target / 2 ? target - size : nil
    }

    /// The next portion; `nil` while the client has not used up the last.
    func portion() -> Int? {
        guard case .portions(let count) = policy, size < count else { return nil }
        return count
    }
}
