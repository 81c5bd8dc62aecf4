import Foundation

/// From when to when a certificate holds.
///
/// Everything is backdated by 30 days, so that a container whose clock is behind still takes it, and long enough ahead for a
/// scenario whose virtual clock jumps over weeks.
struct CertificateLifetime: Sendable {
    static let day: TimeInterval = 86_400
    static let backdated: TimeInterval = 30 * day
    static let authority: TimeInterval = 3650 * day

    /// Valid now and for a year.
    static let current = CertificateLifetime(from: -backdated, to: 365 * day)

    /// Over since yesterday, although it was valid before.
    static let expired = CertificateLifetime(from: -backdated, to: -day)

    /// Begins in a year.
    static let future = CertificateLifetime(from: 365 * day, to: 730 * day)

    /// Seconds from now at which it begins; negative is the past.
    let from: TimeInterval

    /// Seconds from now at which it ends; negative is the past.
    let to: TimeInterval
}
