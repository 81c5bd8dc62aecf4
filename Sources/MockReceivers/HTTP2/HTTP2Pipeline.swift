import NIOCore
import NIOHTTP2

/// Sets up connections of an endpoint that offers HTTP/2 beside HTTP/1.1.
enum HTTP2Pipeline {
    /// Adds what finds out which HTTP a connection is, and then what reads it.
    ///
    /// Over TLS it is what ALPN agreed on; without TLS a client that begins with the preface of HTTP/2 speaks it, by
    /// what is called prior knowledge (RFC 9113 section 3.3).
    ///
    /// - Parameter addHTTP1: adds what reads HTTP/1.1.
    static func add(
        to channel: any Channel,
        _ line: ConnectionLine,
        isSecured: Bool,
        addHTTP1: @escaping () throws -> Void
    ) throws {
        let setUp = ProtocolSetUp(line: line, addHTTP1: addHTTP1)
        if isSecured {
            try channel.pipeline.syncOperations.addHandler(NegotiationWatch(setUp))
        } else {
            try channel.pipeline.syncOperations.addHandler(PrefaceWatch(setUp))
        }
    }

    /// Adds what reads HTTP/2.
    fileprivate static func addHTTP2(to channel: any Channel, _ line: ConnectionLine) throws {
        let pipeline = channel.pipeline.syncOperations
        let tally = FrameTally(line)
        let handler = NIOHTTP2Handler(
            mode: .server,
            frameDelegate: nil,
            connectionConfiguration: HTTP2Limits.connection(line.recorder.desk),
            streamConfiguration: HTTP2Limits.stream
        )
        try pipeline.addHandler(tally)
        try pipeline.addHandler(handler)
        try pipeline.addHandler(HTTP2Connection(line, tally: tally))
    }
}

/// What is done once it is known which HTTP a connection is; confined to its event loop.
struct ProtocolSetUp {
    let line: ConnectionLine
    let addHTTP1: () throws -> Void

    var desk: EndpointDesk { line.recorder.desk }

    /// Adds the handlers behind all others.
    ///
    /// - Returns: false when that was not possible; the connection is then closed.
    func choose(isHTTP2: Bool, _ context: ChannelHandlerContext) -> Bool {
        do {
            if isHTTP2 { try HTTP2Pipeline.addHTTP2(to: context.channel, line) } else { try addHTTP1() }
            return true
        } catch {
            desk.recordFailure("a connection could not be served: \(error)")
            line.cutNow()
            return false
        }
    }
}
