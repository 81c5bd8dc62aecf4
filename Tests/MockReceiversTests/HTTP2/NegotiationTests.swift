import DeliveryEvidence
import DeliveryScenarios
import MockReceivers
import NIOCore
import NIOPosix
import NIOSSL
import Testing

/// A TLS client that offers protocols by ALPN and names its host.
private struct NegotiatingVictim {
    let bench: Bench
    let protocols: [String]

    /// Sends bytes and reads until `enough` says so or the connection ends.
    func exchange(_ bytes: [UInt8], until enough: @Sendable ([UInt8]) -> Bool) async throws -> [UInt8] {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates(
            try NIOSSLCertificate.fromPEMBytes(Array(bench.authority.caPEM.utf8))
        )
        configuration.applicationProtocols = protocols
        let context = try NIOSSLContext(configuration: configuration)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: bench.receiver.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let tls = try NIOSSLClientHandler(context: context, serverHostname: "localhost")
                    try channel.pipeline.syncOperations.addHandler(tls)
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(bytes: bytes))
            var received: [UInt8] = []
            do {
                for try await part in inbound {
                    received += part.readableBytesView
                    if enough(received) { return received }
                }
            } catch is NIOSSLError {
                return received
            }
            return received
        }
    }
}

private func readFrames(_ bytes: [UInt8]) -> FrameReader {
    var reader = FrameReader()
    reader.take(bytes)
    return reader
}

@Suite struct `HTTP/2 over TLS` {
    @Test func `is spoken when ALPN agrees on it`() async throws {
        let evidence = try await receivingHTTP2([.status(200, body: "secret")], identity: .trusted) { bench in
            let victim = NegotiatingVictim(bench: bench, protocols: ["h2", "http/1.1"])
            let post = Requests.opening + Requests.post("{}", on: 1)
            let bytes = try await victim.exchange(post) { readFrames($0).hasEnded(1) }
            let answer = readFrames(bytes)
            #expect(answer.status(1) == "200" && answer.body(1) == "secret")
        }
        let secured = try #require(evidence.secured.first)
        #expect(secured.applicationProtocol == "h2" && secured.serverName == "localhost")
        #expect(evidence.arrived.first?.version == "HTTP/2" && evidence.ended.first?.status == 200)
        #expect(evidence.failures.isEmpty)
    }

    @Test(arguments: [["http/1.1"], []])
    func `gives way to HTTP/1.1 when ALPN does not`(_ protocols: [String]) async throws {
        let evidence = try await receivingHTTP2([.status(200, body: "old")], identity: .trusted) { bench in
            let victim = NegotiatingVictim(bench: bench, protocols: protocols)
            let bytes = try await victim.exchange(Array(request("{}").utf8)) { bytes in
                bytes.suffix(3).elementsEqual("old".utf8)
            }
            #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("HTTP/1.1 200"))
        }
        #expect(evidence.secured.first?.applicationProtocol == protocols.first)
        #expect(evidence.arrived.first?.version == "HTTP/1.1")
    }

    @Test func `is not guessed from the first bytes`() async throws {
        let evidence = try await receivingHTTP2([.status(200)], identity: .trusted) { bench in
            let victim = NegotiatingVictim(bench: bench, protocols: ["http/1.1"])
            _ = try await victim.exchange(Requests.opening) { _ in false }
        }
        #expect(evidence.arrived.first?.version != "HTTP/2" && evidence.arrived.first?.malformed != nil)
    }

    @Test func `without its preface is recorded as malformed`() async throws {
        let evidence = try await receivingHTTP2([.status(200)], identity: .trusted) { bench in
            let victim = NegotiatingVictim(bench: bench, protocols: ["h2"])
            let bytes = try await victim.exchange(Array(request("{}").utf8)) { _ in false }
            #expect(readFrames(bytes).goAway?.last == 1)
        }
        #expect(evidence.arrived.first?.malformed?.contains("preface") == true)
    }

    @Test(arguments: [
        (Fault.Kind.goAway, "GOAWAY"), (.resetStream, "RST_STREAM"), (.reset, "RST after"),
        (.tlsTruncation, "FIN without"),
    ])
    func `has the same faults`(_ kind: Fault.Kind, _ wire: String) async throws {
        let reply = Reply.fault(Fault(kind: kind, at: .insideBody))
        let evidence = try await receivingHTTP2([reply], identity: .trusted) { bench in
            let victim = NegotiatingVictim(bench: bench, protocols: ["h2"])
            do {
                _ = try await victim.exchange(Requests.opening + Requests.post("{}", on: 1)) { bytes in
                    readFrames(bytes).resetCode(1) != nil
                }
            } catch let error as IOError where kind == .reset {
                #expect(error.errnoCode != 0)
            }
            try await bench.evidence.reach { $0.ended.count == 1 }
        }
        #expect(evidence.produced.first?.wire.contains(wire) == true && evidence.ended.first?.answerEnded == nil)
        #expect(evidence.failures.isEmpty)
    }
}
