import Glibc

/// A bell that the controller's wait listens to.
final class WakeUp: Sendable {
    /// Readable while the bell rings.
    let descriptor: Int32
    private let rope: Int32

    /// - Throws: `WarpError` when the system gives no descriptor.
    init() throws(WarpError) {
        guard let pipe = Pipe() else { throw WarpError("the clock's controller cannot be woken: no pipe (\(errno))") }
        descriptor = pipe.reading
        rope = pipe.writing
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        _ = fcntl(rope, F_SETFL, O_NONBLOCK)
    }

    deinit {
        close(descriptor)
        close(rope)
    }

    /// Wakes the controller, now or as soon as it waits.
    func ring() {
        var byte: UInt8 = 1
        // Fails only when the pipe is full, and then the bell is ringing already.
        _ = write(rope, &byte, 1)
    }

    /// Silences the bell.
    func hush() {
        var bytes = [UInt8](repeating: 0, count: 256)
        while read(descriptor, &bytes, bytes.count) == bytes.count {}
    }
}
