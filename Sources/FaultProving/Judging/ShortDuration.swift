extension Duration {
    /// The time in milliseconds and tenths of them, such as `198.6 ms`, as reasons say it.
    var shortText: String {
        let tenths = Int((self / .milliseconds(1) * 10).rounded())
        return "\(tenths / 10).\(abs(tenths % 10)) ms"
    }
}
