import Foundation
import PacketCapturing
import Testing

@Suite(.enabled(if: CaptureRight.isThere, Comment(rawValue: CaptureRight.why)))
struct `A packet capture` {
    @Test func `has every packet of an exchange, once and in order`() async throws {
        try await withTemporaryFolder { folder in
            let listener = try LoopbackListener()
            let capture = try PacketCapture()
            try capture.capture(ports: [listener.port])
            let began = Date().timeIntervalSince1970
            do {
                let connection = try listener.connect()
                try connection.say("POST /hook HTTP/1.1\r\n\r\n")
            }
            let summary = try capture.write(to: folder + "/a.pcap")
            let ended = Date().timeIntervalSince1970

            let packets = try CaptureReading.packets(at: folder + "/a.pcap")
            #expect(summary == CaptureSummary(packets: packets.count, lost: 0))
            #expect(packets.prefix(3).map(\.flags) == [.syn, [.syn, .ack], .ack])
            let fromClient = packets.filter { $0.destination == listener.port }
            let fromServer = packets.filter { $0.source == listener.port }
            #expect(fromClient.count + fromServer.count == packets.count)
            #expect(packets.said(to: listener.port).text == "POST /hook HTTP/1.1\r\n\r\n")
            #expect(Set(fromClient.filter { $0.flags.contains(.fin) }.map(\.sequence)).count == 1)
            #expect(Set(fromServer.filter { $0.flags.contains(.fin) }.map(\.sequence)).count == 1)
            #expect(!packets.contains { $0.flags.contains(.rst) })
            for packet in packets {
                let at = Double(packet.seconds) + Double(packet.nanoseconds) / 1e9
                #expect((began - 1...ended + 1).contains(at))
            }
            #expect(try permissions(of: folder + "/a.pcap") == 0o600)
        }
    }

    @Test func `tells a reset from an orderly end`() async throws {
        try await withTemporaryFolder { folder in
            let listener = try LoopbackListener()
            let capture = try PacketCapture()
            try capture.capture(ports: [listener.port])
            let connection = try listener.connect()
            try connection.say("ping")
            try connection.reset()
            _ = try capture.write(to: folder + "/a.pcap")
            let packets = try CaptureReading.packets(at: folder + "/a.pcap")
            let last = try #require(packets.last)
            #expect(last.flags.contains(.rst) && last.source == listener.port)
            #expect(!packets.contains { $0.flags.contains(.fin) })
        }
    }

    @Test func `has nothing of other ports, nor of the time before it was told the ports`() async throws {
        try await withTemporaryFolder { folder in
            let ours = try LoopbackListener()
            let second = try LoopbackListener()
            let other = try LoopbackListener()
            let capture = try PacketCapture()
            try ours.connect().say("too early")
            try capture.capture(ports: [ours.port, second.port])
            try other.connect().say("not ours")
            try ours.connect().say("first")
            try second.connect().say("second")
            _ = try capture.write(to: folder + "/a.pcap")
            let packets = try CaptureReading.packets(at: folder + "/a.pcap")
            #expect(packets.said(to: second.port).text == "second")
            #expect(Set(packets.map(\.text)) == ["", "first", "second"])
        }
    }

    @Test func `sees a refused connection`() async throws {
        try await withTemporaryFolder { folder in
            let capture = try PacketCapture()
            let port = try LoopbackListener.withClosedPort { port, connect in
                try capture.capture(ports: [port])
                let refusal = try #require(throws: LoopbackListener.Refused.self) { try connect() }
                #expect(refusal.code == ECONNREFUSED)
                return port
            }
            _ = try capture.write(to: folder + "/a.pcap")
            let packets = try CaptureReading.packets(at: folder + "/a.pcap")
            #expect(packets.map(\.flags) == [.syn, [.rst, .ack]])
            #expect(packets.map(\.destination).first == port)
        }
    }

    @Test func `reads IPv6 as well`() async throws {
        guard let listener = try? LoopbackListener(ipv6: true) else {
            try Test.cancel("this host has no IPv6 on its loopback interface")
        }
        try await withTemporaryFolder { folder in
            let capture = try PacketCapture()
            try capture.capture(ports: [listener.port])
            try listener.connect().say("six")
            _ = try capture.write(to: folder + "/a.pcap")
            let packets = try CaptureReading.packets(at: folder + "/a.pcap")
            #expect(Set(packets.map(\.ipVersion)) == [6])
            #expect(packets.said(to: listener.port).text == "six")
        }
    }

    @Test func `takes many ports`() async throws {
        try await withTemporaryFolder { folder in
            let listener = try LoopbackListener()
            let capture = try PacketCapture()
            let others = (1...999).map { UInt16($0) }
            try capture.capture(ports: Set(others + [listener.port]))
            try listener.connect().say("among many")
            let summary = try capture.write(to: folder + "/a.pcap")
            let packets = try CaptureReading.packets(at: folder + "/a.pcap")
            #expect(packets.said(to: listener.port).text == "among many")
            #expect(summary.packets == packets.count)
            let error = try #require(throws: CaptureError.self) {
                try PacketCapture().capture(ports: Set((1...1001).map { UInt16($0) }))
            }
            #expect(error.description.contains("1000 ports"))
        }
    }

    @Test func `counts the packets that it had no room for`() async throws {
        try await withTemporaryFolder { folder in
            let listener = try LoopbackListener()
            let large = try PacketCapture()
            let small = try PacketCapture(size: CaptureSize(bytes: 512 << 10, handOver: .seconds(60)))
            try large.capture(ports: [listener.port])
            try small.capture(ports: [listener.port])
            try listener.connect().say([UInt8](repeating: 120, count: 3 << 20))
            let whole = try large.write(to: folder + "/large.pcap")
            let part = try small.write(to: folder + "/small.pcap")
            #expect(whole.isComplete)
            #expect(part.lost > 0 && !part.isComplete)
            #expect(part.packets + part.lost == whole.packets)
            let kept = try CaptureReading.packets(at: folder + "/small.pcap")
            let all = try CaptureReading.packets(at: folder + "/large.pcap")
            #expect(kept.count == part.packets && all.count == whole.packets)
            #expect(kept.map(\.sequence) == all.prefix(kept.count).map(\.sequence))
            #expect(all.said(to: listener.port).count == 3 << 20)
        }
    }

    @Test func `is drained while it goes on, and loses nothing by it`() async throws {
        try await withTemporaryFolder { folder in
            let listener = try LoopbackListener()
            let capture = try PacketCapture(size: CaptureSize(bytes: 512 << 10, handOver: .milliseconds(20)))
            try capture.capture(ports: [listener.port])
            let file = try CaptureFile(path: folder + "/a.pcap")
            let connection = try listener.connect()
            // Four times what the capture holds.
            for round in 0..<16 {
                try connection.say([UInt8](repeating: UInt8(round), count: 128 << 10))
                let deadline = ContinuousClock.now + .seconds(300)
                while try capture.drain(to: file) == 0, ContinuousClock.now < deadline {
                    try await Task.sleep(for: .milliseconds(5))
                }
                let soFar = try CaptureReading.packets(at: file.path)
                #expect(!soFar.isEmpty)
            }
            try connection.say("the end")
            let summary = try capture.finish(into: file)
            let packets = try CaptureReading.packets(at: file.path)
            #expect(summary == CaptureSummary(packets: packets.count, lost: 0))
            let expected = (0..<16).flatMap { [UInt8](repeating: UInt8($0), count: 128 << 10) } + Array("the end".utf8)
            #expect(packets.said(to: listener.port) == expected)
        }
    }

    @Test func `leaves alone what stands where it is to be written`() async throws {
        try await withTemporaryFolder { folder in
            try Data("mine".utf8).write(to: URL(filePath: folder + "/a.pcap"))
            let error = try #require(throws: CaptureError.self) {
                try PacketCapture().write(to: folder + "/a.pcap")
            }
            #expect(error.description.contains("remove it, or choose another name"))
            #expect(try String(contentsOfFile: folder + "/a.pcap", encoding: .utf8) == "mine")
        }
    }

    @Test func `names an interface that is not there`() throws {
        let error = try #require(throws: CaptureError.self) { try PacketCapture(interface: "nowhere7") }
        #expect(error.description.contains("no network interface 'nowhere7'"))
        #expect(!error.isNotPermitted)
    }
}
