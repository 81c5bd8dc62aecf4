import Synchronization

/// A capture of the TCP packets to and from some ports of this host, taken by the kernel.
///
/// No thread of this process runs while packets come, so that a capture is not seen by the proof that everything waits,
/// which the warped clock rests on. Packets bear the host's wall-clock time in nanoseconds, whatever clock a scenario goes
/// by. It ends, and its memory is given back, when the last reference to it is gone.
package final class PacketCapture: Sendable {
    private struct State: ~Copyable {
        let ring: PacketRing
        var packets = 0
        var cut = 0
        /// Why packets are missing in the file; nothing is appended after it.
        var failure: CaptureError?
    }

    private let size: CaptureSize
    private let state: Mutex<State>

    /// Opens a capture that admits no packet yet.
    ///
    /// - Parameters:
    ///   - interface: the network interface; `lo` is where this host speaks to itself.
    ///   - size: the memory for packets.
    /// - Throws: `CaptureError`, for one when the process does not have the capability CAP_NET_RAW.
    package init(interface: String = "lo", size: CaptureSize = .wholeScenario) throws(CaptureError) {
        self.size = size
        state = Mutex(State(ring: try PacketRing(interface: interface, size: size)))
    }

    /// Finds out whether packets can be captured here.
    ///
    /// - Throws: `CaptureError` when they cannot.
    package static func check(interface: String = "lo") throws(CaptureError) {
        _ = try PacketCapture(interface: interface, size: CaptureSize(bytes: 0, handOver: CaptureSize.longest))
    }

    /// From now on admits the packets to and from these ports, over IPv4 and IPv6, and no others; at most 1000 ports.
    ///
    /// - Throws: `CaptureError` when the kernel takes no such filter.
    package func capture(ports: Set<UInt16>) throws(CaptureError) {
        try state.withLock { state throws(CaptureError) in try state.ring.admit(ports) }
    }

    /// Moves the packets that the kernel has handed over so far into the file.
    ///
    /// A capture that is open for long is drained now and then, so that its memory never fills up.
    ///
    /// - Returns: how many packets were moved.
    /// - Throws: `CaptureError` when the file takes no more.
    @discardableResult
    package func drain(to file: CaptureFile) throws(CaptureError) -> Int {
        // Where packets come faster than they are written this would not end by itself.
        try state.withLock { state throws(CaptureError) in try Self.move(&state, to: file, atMost: size.bytes) }
    }

    /// Ends the capture and moves what is left of it into the file.
    ///
    /// It waits some milliseconds for the kernel to be done with the last packet.
    ///
    /// - Returns: what was captured from the beginning, and what was lost.
    /// - Throws: `CaptureError` when the file takes no more, or took no more earlier.
    package func finish(into file: CaptureFile) throws(CaptureError) -> CaptureSummary {
        try state.withLock { state throws(CaptureError) in
            try state.ring.stop()
            _ = try Self.move(&state, to: file, atMost: .max)
            return CaptureSummary(packets: state.packets, lost: try state.ring.lost(), cut: state.cut)
        }
    }

    /// Ends the capture and writes a new file with everything in it.
    ///
    /// - Throws: `CaptureError` when the file cannot be made, or when something stands at the path already.
    package func write(to path: String) throws(CaptureError) -> CaptureSummary {
        try finish(into: CaptureFile(path: path))
    }

    private static func move(
        _ state: inout State,
        to file: CaptureFile,
        atMost bytes: Int
    ) throws(CaptureError) -> Int {
        if let failure = state.failure { throw failure }
        var (packets, moved) = (0, 0)
        while moved < bytes {
            let batch = try state.ring.take()
            guard batch.packets > 0 else { break }
            do {
                try file.append(batch)
            } catch {
                state.failure = error
                throw error
            }
            moved += batch.bytes.count
            packets += batch.packets
            state.packets += batch.packets
            state.cut += batch.cut
        }
        return packets
    }
}
