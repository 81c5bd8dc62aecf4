import DeliveryEvidence
import Foundation
import ProgramRunning
import Testing

@Suite(.enabled(if: CaptureRight.isThere, Comment(rawValue: CaptureRight.why)), .timeLimit(.minutes(20)))
struct `A run with a capture` {
    /// Sends its event in the clear.
    private static let plain = Shop.good.replacing("receiver:", with: "endpoint: { scheme: http }\nreceiver:")
    private static let warped = plain.replacing("endpoint:", with: "clock: warped\nendpoint:")

    @Test func `leaves the packets and the keys of each scenario, for its owner only`() async throws {
        try await Sitting.with(["plain": Self.plain, "good": Shop.good]) { sitting in
            let run = try await sitting.hookassay("run", "shop", "--pcap")
            #expect(run.status == 0, "\(run.everything)")
            #expect(run.complaints.contains("reports/captures/ has the packets of 2 scenarios"), "\(run.complaints)")
            #expect(try sitting.permissions(of: "reports/captures") == 0o700)
            for name in ["plain", "good"] {
                for end in ["pcap", "keys"] {
                    #expect(try sitting.permissions(of: "reports/captures/shop-\(name).\(end)") == 0o600)
                }
            }
            #expect(try sitting.capture("plain").contains("POST /hooks HTTP/1.1"))
            #expect(try sitting.capture("plain").contains("ord_1"))
            #expect(try !sitting.capture("good").contains("ord_1"))
            #expect(try sitting.folder.text(of: "reports/captures/shop-plain.keys").isEmpty)
            let keys = try sitting.folder.text(of: "reports/captures/shop-good.keys").split(separator: "\n")
            #expect(!keys.isEmpty)
            let evidence = try sitting.folder.text(of: "reports/evidence.ndjson")
            for key in keys {
                #expect(key.contains(/^[A-Z0-9_]+ [0-9a-f]{64} [0-9a-f]+$/), "\(key)")
                #expect(!evidence.contains(key.split(separator: " ").last ?? ""))
            }
            for history in try sitting.evidence().histories {
                let capture = try #require(history.capture)
                #expect(capture.file == "captures/\(history.scenario.replacing("/", with: "-")).pcap")
                #expect(capture.packets > 5 && capture.lost == 0 && capture.cut == 0)
            }
        }
    }

    @Test(.enabled(if: WarpedClock.isThere, Comment(rawValue: WarpedClock.why)))
    func `captures under the warped clock, which does not notice`() async throws {
        let patient = Self.warped.replacing("  - quiet", with: "  - wait: 30h\n  - quiet")
        try await Sitting.with(["patient": patient]) { sitting in
            let run = try await sitting.hookassay("run", "shop", "--pcap")
            #expect(run.status == 0, "\(run.everything)")
            #expect(try sitting.capture("patient").contains("ord_1"))
            let history = try #require(try sitting.evidence().histories.first)
            #expect(try #require(history.capture).packets > 5)
            #expect(history.clock.exactJumps > 0 && history.clock.forcedSteps == 0 && history.clock.holds == 0)
            let virtual = try #require(history.span)
            #expect(virtual.upperBound - virtual.lowerBound >= .seconds(30 * 3600))
        }
    }

    @Test func `replaces the captures of an earlier run`() async throws {
        try await Sitting.with(["plain": Self.plain]) { sitting in
            try sitting.folder.write("of an earlier run", to: "reports/captures/shop-plain.pcap")
            try sitting.folder.write("somebody's", to: "reports/captures/notes.txt")
            let run = try await sitting.hookassay("run", "shop", "--pcap")
            #expect(run.status == 0, "\(run.everything)")
            let capture = try sitting.capture("plain")
            #expect(capture.contains("ord_1") && !capture.contains("of an earlier run"))
            #expect(try sitting.permissions(of: "reports/captures") == 0o700)
            #expect(try sitting.folder.text(of: "reports/captures/notes.txt") == "somebody's")
        }
    }

    @Test func `leaves no captures unless they are asked for`() async throws {
        try await Sitting.with(["plain": Self.plain]) { sitting in
            let run = try await sitting.hookassay("run", "shop")
            #expect(run.status == 0, "\(run.everything)")
            #expect(throws: (any Error).self) { try sitting.permissions(of: "reports/captures") }
        }
    }

    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv"), "this host has no setpriv")
    )
    func `begins nothing where packets may not be captured, and says what to do`() async throws {
        try await Sitting.with(["plain": Self.plain]) { sitting in
            let run = try await ProgramRun.of(
                "/usr/bin/setpriv",
                [
                    "--bounding-set=-net_raw", "--inh-caps=-net_raw", BuiltPrograms.folder + "/hookassay", "run",
                    "shop",
                    "--pcap",
                ],
                in: sitting.folder.path
            )
            #expect(run.status == 3, "\(run.everything)")
            #expect(run.complaints.contains("hookassay: --pcap: capturing packets wants the capability CAP_NET_RAW"))
            #expect(run.complaints.split(separator: "\n").count == 1, "\(run.complaints)")
            #expect(throws: (any Error).self) { try sitting.permissions(of: "reports/evidence.ndjson") }
        }
    }

    @Test func `says when the folder for captures cannot be made`() async throws {
        try await Sitting.with(["plain": Self.plain]) { sitting in
            try sitting.folder.write("a file", to: "reports/captures")
            let run = try await sitting.hookassay("run", "shop", "--pcap")
            #expect(run.status == 3, "\(run.everything)")
            #expect(run.complaints.contains("cannot make the folder 'reports/captures' for captures: not a directory"))
        }
    }
}

extension Sitting {
    /// The bytes of a scenario's capture, as text of one character each.
    fileprivate func capture(_ name: String) throws -> String {
        let bytes = try Data(contentsOf: folder.appending(path: "reports/captures/shop-\(name).pcap"))
        return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    fileprivate func permissions(of path: String) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.appending(path: path).path)
        return attributes[.posixPermissions] as? Int
    }
}
