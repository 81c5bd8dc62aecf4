import Foundation

/// Whether this process may capture packets.
package enum CaptureRight {
    /// The number of CAP_NET_RAW (capabilities(7)).
    private static let capability = 13
    package static let why = "this process does not have the capability CAP_NET_RAW"

    package static let isThere: Bool = {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let effective = status.firstMatch(of: /CapEff:\s*([0-9a-f]+)/)?.1,
            let bits = UInt64(effective, radix: 16)
        else { return false }
        return bits >> capability & 1 == 1
    }()
}
