import CTimeWarp
import Glibc

/// The mechanics of one session.
///
/// Every call but the readings of the page belongs to the controller's thread: ptrace obeys only the thread that attached.
final class WarpEngine: Sendable {
    // SAFETY: used on the controller's thread only, until that has stopped the engine; the page, which other threads read
    // atomically, is freed by `deinit`, when nobody can read it any more.
    nonisolated(unsafe) private let engine: OpaquePointer
    nonisolated(unsafe) let page: OpaquePointer

    /// - Throws: `WarpError` when the host does not allow it.
    init(_ kind: WarpEngineKind, library: String?, realtime: Int64) throws(WarpError) {
        var why = [CChar](repeating: 0, count: 256)
        let opened = library.orEmpty.withCString { path -> OpaquePointer? in
            var options = warp_options()
            options.kind = kind == .trace ? WARP_TRACE : WARP_PRELOAD
            options.library = library == nil ? nil : path
            options.creep = 50
            options.realtime = realtime
            return warp_engine_open(&options, &why, why.count)
        }
        guard let opened else { throw WarpError(String(nulTerminated: why)) }
        guard let page = warp_engine_page(opened) else {
            warp_engine_close(opened)
            throw WarpError("the clock's page could not be made")
        }
        engine = opened
        self.page = page
    }

    deinit { warp_engine_close(engine) }

    /// Kills every process and reaps it.
    func stop() { warp_engine_stop(engine) }

    var signalDescriptor: Int32 { warp_engine_signal_fd(engine) }

    /// Starts a program; gives its process id, or the system's error number as the error.
    func launch(_ program: WarpProgram, input: Int32, output: Int32) -> Result<Int32, WarpLaunchFailure> {
        let arguments = CStrings(program.command)
        let environment = CStrings(program.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
        var command = warp_command()
        command.program = UnsafePointer(arguments.first)
        command.arguments = UnsafePointer(arguments.pointers)
        command.environment = UnsafePointer(environment.pointers)
        command.input = input
        command.output = output
        let result = withExtendedLifetime((arguments, environment)) { warp_engine_launch(engine, &command) }
        return result > 0 ? .success(result) : .failure(WarpLaunchFailure(code: -result))
    }

    /// Signals a program and everything that descends from it.
    func signal(_ root: Int32, _ signal: Int32) {
        warp_engine_signal(engine, root, signal)
    }

    /// Handles what is pending; gives the ends, and whether there was anything.
    func pump() -> (anything: Bool, ends: [warp_end]) {
        var ends: [warp_end] = []
        var anything = false
        let room = 64
        while true {
            var count = 0
            let handled = withUnsafeTemporaryAllocation(of: warp_end.self, capacity: room) { buffer in
                let handled = warp_engine_pump(engine, buffer.baseAddress, room, &count)
                ends.append(contentsOf: buffer[..<count])
                return handled
            }
            anything = anything || handled > 0
            if count < room { return (anything, ends) }
        }
    }

    func look() -> warp_look {
        var look = warp_look()
        warp_engine_look(engine, &look)
        return look
    }

    /// What the programs have used of the CPU so far, in nanoseconds.
    var cpuTime: Int64 { warp_engine_cpu_time(engine) }

    var bytesOnTheirWay: Int { Int(warp_engine_bytes_on_their_way(engine)) }

    /// The earliest deadline of the programs, and how many ticks of runtimes come before it.
    func next() -> (wait: warp_wait, skipped: Int)? {
        var wait = warp_wait()
        var skipped: Int32 = 0
        guard warp_engine_next(engine, &wait, &skipped) != 0 else { return nil }
        return (wait, Int(skipped))
    }

    func advance(to reading: Int64) { warp_page_advance(page, reading) }

    @discardableResult
    func fire() -> Int { Int(warp_engine_fire(engine)) }

    func waits() -> [warp_wait] {
        withUnsafeTemporaryAllocation(of: warp_wait.self, capacity: 64) { buffer in
            let count = warp_engine_waits(engine, buffer.baseAddress, buffer.count)
            return Array(buffer[..<count])
        }
    }

    func outsidePeers() -> [warp_peer] {
        withUnsafeTemporaryAllocation(of: warp_peer.self, capacity: 16) { buffer in
            let count = warp_engine_outside_peers(engine, buffer.baseAddress, buffer.count)
            return Array(buffer[..<count])
        }
    }

    func refusal() -> String? {
        var refusal = warp_refusal()
        guard warp_engine_refusal(engine, &refusal) != 0 else { return nil }
        return "'\(String(fixed: refusal.program))' (process \(refusal.pid)) \(String(fixed: refusal.reason))"
    }

    /// What a thread does at this moment, in words.
    func doing(_ wait: warp_wait) -> String {
        var text = [CChar](repeating: 0, count: 96)
        warp_task_doing(wait.pid, wait.tid, &text, text.count)
        return String(nulTerminated: text)
    }
}

/// The system's error number of a program that could not be started.
struct WarpLaunchFailure: Error {
    let code: Int32
}

extension Optional<String> {
    fileprivate var orEmpty: String { self ?? "" }
}
