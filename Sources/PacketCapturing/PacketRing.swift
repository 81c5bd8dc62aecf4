import CPacketCapture

/// The kernel's side of a capture: the socket, its filter and the memory that packets are written to.
///
/// It is used by one thread at a time.
struct PacketRing: ~Copyable {
    /// Packets in the form of a capture file.
    struct Batch {
        var bytes: [UInt8] = []
        var packets = 0
        var cut = 0
    }

    /// A batch is not made any larger once it has this many bytes.
    private static let batchBytes = 256 << 10

    private let capture: OpaquePointer
    private let interface: String
    private let size: CaptureSize

    init(interface: String, size: CaptureSize) throws(CaptureError) {
        var error = hkcap_error()
        let (seconds, attoseconds) = size.handOver.components
        let wanted = hkcap_size(
            block_size: UInt32(CaptureSize.block),
            blocks: UInt32(size.bytes / CaptureSize.block),
            hand_over_after: UInt32(seconds * 1000 + attoseconds / 1_000_000_000_000_000)
        )
        guard let capture = hkcap_open(interface, wanted, &error) else {
            throw Self.failure(error, interface, size)
        }
        self.capture = capture
        self.interface = interface
        self.size = size
    }

    deinit {
        hkcap_close(capture)
    }

    func admit(_ ports: Set<UInt16>) throws(CaptureError) {
        var error = hkcap_error()
        let ports = ports.sorted()
        guard hkcap_admit(capture, ports, ports.count, &error) == 0 else { throw failure(error) }
    }

    func stop() throws(CaptureError) {
        var error = hkcap_error()
        guard hkcap_stop(capture, &error) == 0 else { throw failure(error) }
    }

    /// Takes the next packets out; a batch without any says that there are none for now.
    func take() throws(CaptureError) -> Batch {
        var batch = Batch()
        var error = hkcap_error()
        var packet = hkcap_packet()
        while batch.bytes.count < Self.batchBytes {
            let found = hkcap_next(capture, &packet, &error)
            guard found >= 0 else { throw failure(error) }
            guard found > 0 else { break }
            batch.bytes.append(
                packet: UnsafeRawBufferPointer(start: packet.bytes, count: Int(packet.captured)),
                length: packet.length,
                seconds: packet.seconds,
                nanoseconds: packet.nanoseconds
            )
            batch.packets += 1
            if packet.captured < packet.length { batch.cut += 1 }
        }
        return batch
    }

    /// How many packets there was no room for so far.
    func lost() throws(CaptureError) -> Int {
        var error = hkcap_error()
        var counts = hkcap_counts()
        guard hkcap_count(capture, &counts, &error) == 0 else { throw failure(error) }
        return Int(counts.lost)
    }

    private func failure(_ error: hkcap_error) -> CaptureError { Self.failure(error, interface, size) }

    private static func failure(_ error: hkcap_error, _ interface: String, _ size: CaptureSize) -> CaptureError {
        CaptureError(
            call: error.call.map { String(cString: $0) } ?? "open",
            code: error.code,
            interface: interface,
            bytes: size.bytes
        )
    }
}
