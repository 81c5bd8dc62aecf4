import Foundation

/// A row of numbers that a seed decides, the same on every host.
///
/// The generator is SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
package struct SeededDraw: Sendable {
    private var state: UInt64

    /// Starts one of the rows of `seed`; rows with other numbers have nothing in common with it.
    package init(seed: UInt64, stream: UInt64) {
        state = Self.scattered(seed) &+ Self.scattered(stream ^ Self.step)
    }

    /// The next number, from 0 up to but without 1.
    package mutating func unit() -> Double {
        state &+= Self.step
        // 53 bits are what a Double holds without rounding.
        return Double(Self.scattered(state) >> 11) / Double(1 << 53 as UInt64)
    }

    private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static func scattered(_ number: UInt64) -> UInt64 {
        var bits = number
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}

extension DelaySpread {
    /// Takes one delay, in whole microseconds.
    ///
    /// Whole microseconds, because the last bits of logarithm and cosine differ between C libraries.
    package func drawn(_ draw: inout SeededDraw) -> Duration {
        switch self {
        case .uniform(let least, let most):
            let (low, high) = (least.inSeconds, most.inSeconds)
            return .inMicroseconds(low + (high - low) * draw.unit(), atMost: most)
        case .lognormal(let median, let sigma, let most):
            // Box and Muller's transform; the logarithm of 0 does not occur, as 1 is never drawn.
            let radius = (-2 * log(1 - draw.unit())).squareRoot()
            let normal = radius * cos(2 * Double.pi * draw.unit())
            return .inMicroseconds(median.inSeconds * exp(sigma * normal), atMost: most)
        }
    }
}

extension Reply {
    /// The reply with its spread delay replaced by the one that `seed` decides for the endpoint's attempt `attempt`.
    package func drawn(seed: UInt64, attempt: Int) -> Reply {
        // The row of an attempt's delay is apart from the row of its chance.
        var draw = SeededDraw(seed: seed ^ 0x6465_6C61_7900, stream: UInt64(bitPattern: Int64(attempt)))
        switch self {
        case .respond(let response): return .respond(response.drawn(&draw))
        case .fault(var fault):
            if let spread = fault.spread {
                fault.after = spread.drawn(&draw)
                fault.spread = nil
            }
            fault.answer = fault.answer.drawn(&draw)
            return .fault(fault)
        }
    }
}

extension Response {
    fileprivate func drawn(_ draw: inout SeededDraw) -> Response {
        guard let spread else { return self }
        var response = self
        response.after = spread.drawn(&draw)
        response.spread = nil
        return response
    }
}

extension Duration {
    fileprivate var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }

    fileprivate static func inMicroseconds(_ seconds: Double, atMost most: Duration) -> Duration {
        // What is not below the cap need not fit into an integer.
        guard seconds < most.inSeconds else { return most }
        return min(.microseconds(Int64((seconds * 1e6).rounded())), most)
    }
}
