/// When an endpoint that keeps failing is switched off, for contracts that announce it without saying when.
package struct DisablementPolicy: Sendable, Hashable {
    /// How far back attempts count.
    package var window: Duration
    /// How many attempts have to have ended within the window before anything is decided.
    package var minimum: Int
    /// The share of failed attempts, from 0 to 1, at which the endpoint is switched off.
    package var share: Double

    /// Makes a policy.
    package init(window: Duration, minimum: Int, share: Double) {
        self.window = window
        self.minimum = minimum
        self.share = share
    }

    /// Says why an endpoint is to be switched off, or nil when it is not.
    ///
    /// Successes count too, so an endpoint that answers rightly now and then is kept as long as its share of failures
    /// stays below the limit.
    package func reason(finished: Int, failed: Int) -> String? {
        guard finished >= minimum, Double(failed) >= share * Double(finished) else { return nil }
        return "\(failed) of the last \(finished) attempts failed"
    }
}
