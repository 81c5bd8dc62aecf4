import Foundation

/// What became of a program under the warped clock.
struct ClockOutcome: Sendable, Encodable {
    let clock: String
    /// `exit 0`, `signal 9`, `horizon`, `stuck: …`, `refused: …` or `not started: …`.
    let ended: String
    /// With which the command ends.
    let exitCode: Int32
    let virtual: Duration
    let real: Duration
    let jumps: JumpCount.Counts
    let attempts: [AttemptBook.Attempt]

    private enum CodingKeys: String, CodingKey {
        case clock
        case ended
        case virtual = "virtual_seconds"
        case real = "real_seconds"
        case jumps
        case attempts
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(clock, forKey: .clock)
        try container.encode(ended, forKey: .ended)
        try container.encode(virtual / .seconds(1), forKey: .virtual)
        try container.encode(real / .seconds(1), forKey: .real)
        try container.encode(jumps, forKey: .jumps)
        try container.encode(attempts, forKey: .attempts)
    }

    /// One line of JSON.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
