import DeliveryEvidence
import DeliveryScenarios
import Glibc
import NIOCore
import NIOPosix
import RunClocks

/// The listening port of one endpoint: open, closed, or out of order as the script says.
///
/// An actor, so that an outage and the end of the scope never overlap.
actor ReceiverPort {
    /// How many connections the kernel holds for us: a burst of a scenario, and no refusal that is not scripted.
    private static let backlog: CInt = 4096

    private let desk: EndpointDesk
    private let pipeline: ConnectionPipeline
    private let group: any EventLoopGroup
    private var channel: (any Channel)?
    /// The listener's socket, which SwiftNIO owns; known for the faults of the port.
    private var descriptor: CInt = -1
    private var host = "127.0.0.1"
    private(set) var port = 0
    private var isClosed = false
    private var state = State.inOrder

    private enum State: Equatable {
        case inOrder
        /// Nobody listens; this socket keeps the port.
        case refusing(keeper: CInt)
        /// The queue is full of these connections.
        case swallowing(fillers: [CInt])
    }

    init(desk: EndpointDesk, pipeline: ConnectionPipeline, group: any EventLoopGroup) {
        self.desk = desk
        self.pipeline = pipeline
        self.group = group
    }

    /// Opens the port.
    ///
    /// - Returns: its number.
    /// - Throws: `ListeningSocket.Failure`, or what SwiftNIO says when it cannot.
    func open(_ address: ListenAddress) async throws -> Int {
        let bound = try ListeningSocket.bound(host: address.host, port: address.port)
        host = address.host
        port = bound.port
        try await listen(on: bound.fd)
        return port
    }

    private func listen(on fd: CInt) async throws {
        let pipeline = pipeline
        if let bytes = desk.script.summary.slowestRead { ListeningSocket.narrow(fd, to: bytes) }
        channel = try await ServerBootstrap(group: group)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try pipeline.take(channel) }
            }
            .withBoundSocket(fd)
            .get()
        descriptor = fd
        // SwiftNIO has called listen(2) by now with a backlog of its own, before it could be told of another.
        guard Glibc.listen(fd, Self.backlog) == 0 else { throw ListeningSocket.Failure("listen") }
    }

    /// Lets connections that are opened from now on have a small window, for a script that reads slowly.
    func narrow() {
        guard descriptor >= 0, let bytes = desk.script.summary.slowestRead else { return }
        ListeningSocket.narrow(descriptor, to: bytes)
    }

    /// Stops listening for good; the port refuses connections afterwards.
    func close() async {
        isClosed = true
        release()
        await stop()
    }

    private func stop() async {
        guard let channel else { return }
        self.channel = nil
        descriptor = -1
        // It fails only when the socket is closed already, which is what is wanted.
        do { try await channel.close() } catch { return }
    }

    /// Puts the port out of order.
    ///
    /// - Returns: false when that failed, which is then recorded.
    func begin(_ outage: PortOutage) async -> Bool {
        guard !isClosed else { return false }
        guard state == .inOrder, descriptor >= 0 else {
            desk.recordFailure("\"\(outage.asked)\" could not be produced: the port was out of order already")
            return false
        }
        do {
            switch outage.fault.kind {
            case .blackhole: try await swallow(outage)
            default: try await refuse(outage)
            }
            return true
        } catch {
            desk.recordFailure("\"\(outage.asked)\" could not be produced: \(error)")
            return false
        }
    }

    /// Puts the port back in order.
    func end(_ outage: PortOutage) async {
        defer { release() }
        guard !isClosed else { return }
        do {
            switch state {
            case .inOrder: return
            case .refusing:
                let bound = try ListeningSocket.bound(host: host, port: port, sharesPort: true)
                try await listen(on: bound.fd)
                receipt(outage.asked, kernel: ["listen(2) on the same port"], wire: "the port takes connections again")
            case .swallowing:
                guard Glibc.listen(descriptor, Self.backlog) == 0 else { throw ListeningSocket.Failure("listen") }
                try await channel?.setOption(.autoRead, value: true).get()
                let kernel = ["listen(2) with a backlog of \(Self.backlog)"]
                receipt(outage.asked, kernel: kernel, wire: "the port takes connections again")
            }
        } catch {
            desk.recordFailure("the end of \"\(outage.asked)\" could not be produced: \(error)")
        }
    }

    private func release() {
        switch state {
        case .inOrder: break
        case .refusing(let keeper): Glibc.close(keeper)
        case .swallowing(let fillers): for filler in fillers { Glibc.close(filler) }
        }
        state = .inOrder
    }

    /// Refuses connections: nobody listens, while a socket that does not listen keeps the port ours.
    private func refuse(_ outage: PortOutage) async throws {
        try ListeningSocket.sharePort(of: descriptor)
        let keeper = try ListeningSocket.bound(host: host, port: port, sharesPort: true)
        state = .refusing(keeper: keeper.fd)
        await stop()
        let kernel = ["the listening socket was closed", "a socket that does not listen keeps port \(port)"]
        receipt(outage.asked, kernel: kernel, wire: "RST in answer to every SYN")
    }

    /// Leaves every SYN without an answer: nothing is accepted, and the queue of what could be is full.
    private func swallow(_ outage: PortOutage) async throws {
        try await channel?.setOption(.autoRead, value: false).get()
        guard Glibc.listen(descriptor, 0) == 0 else { throw ListeningSocket.Failure("listen") }
        var fillers: [CInt] = []
        // A backlog of 0 holds one connection; whatever more it takes is taken by us as well.
        for _ in 0..<8 {
            let filler = try ListeningSocket.connecting(to: port, host: host)
            fillers.append(filler.fd)
            state = .swallowing(fillers: fillers)
            pipeline.ignore(peerPort: filler.port)
            if !ListeningSocket.isConnected(filler.fd) { break }
        }
        let own = "the queue was filled by \(fillers.count - 1) connections of our own"
        receipt(outage.asked, kernel: ["listen(2) with a backlog of 0", own], wire: "nothing in answer to a SYN")
    }

    private func receipt(_ asked: String, kernel: [String], wire: String) {
        let fault = FaultProduced(
            endpoint: desk.endpoint,
            connection: nil,
            attempt: nil,
            asked: asked,
            kernel: kernel,
            wire: wire
        )
        desk.record(.faultProduced(fault), at: desk.now)
    }
}
