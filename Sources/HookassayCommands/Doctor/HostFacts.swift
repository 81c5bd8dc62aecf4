import CurlTransport
import Foundation

/// What else of this host decides what can be tested on it.
struct HostFacts: Sendable, Encodable {
    /// One fact, and what it means.
    struct Fact: Sendable, Encodable {
        let name: String
        let finding: String
        /// Says that something cannot be done here because of it.
        let isLack: Bool

        private enum CodingKeys: String, CodingKey {
            case name
            case finding
            case isLack = "lack"
        }
    }

    let facts: [Fact]

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(facts)
    }

    /// Looks at the host.
    static func gather() async -> HostFacts {
        let clock = await ClockSelection.probe(nil)
        return HostFacts(facts: [kernel, libcurl, Self.clock(clock), files, packets].compactMap { $0 })
    }

    private static var kernel: Fact {
        Fact(name: "host", finding: ProcessInfo.processInfo.operatingSystemVersionString, isLack: false)
    }

    private static var libcurl: Fact {
        let version = CurlTransport.libraryVersion.split(separator: " ").prefix(2).joined(separator: " ")
        return CurlTransport.speaksHTTP2
            ? Fact(name: "libcurl", finding: "\(version), with HTTP/2", isLack: false)
            : Fact(name: "libcurl", finding: "\(version), without HTTP/2", isLack: true)
    }

    private static func clock(_ choice: ClockChoice) -> Fact {
        switch choice {
        case .impossible(let reason):
            Fact(name: "warped clock", finding: "does not work here: \(reason)", isLack: true)
        case .real, .warped:
            Fact(name: "warped clock", finding: choice.name + (choice.reason.map { " (\($0))" } ?? ""), isLack: false)
        }
    }

    /// Each connection is a file; a receiver with many hanging clients needs many.
    private static var files: Fact? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        let isLow = limit.rlim_max < 4096
        let finding = "\(limit.rlim_cur) open files, at most \(limit.rlim_max)"
        return Fact(
            name: "file limit",
            finding: isLow ? "\(finding): too few for large bursts" : finding,
            isLack: isLow
        )
    }

    /// CAP_NET_RAW is bit 13 of the effective capabilities (capabilities(7)).
    private static var packets: Fact {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("CapEff:") }
        let mask = line.flatMap { UInt64($0.dropFirst(7).trimmingCharacters(in: .whitespaces), radix: 16) } ?? 0
        return mask & (1 << 13) != 0
            ? Fact(name: "packet capture", finding: "CAP_NET_RAW is there: run --pcap works", isLack: false)
            : Fact(name: "packet capture", finding: "CAP_NET_RAW is missing: run --pcap does not work", isLack: true)
    }
}
