import Glibc

/// Reads from `/proc` how much memory processes have needed.
enum ProcessMemory {
    /// More processes than this are not looked at.
    private static let most = 1000
    /// No file that is read here is longer.
    private static let longest = 64 * 1024

    /// The peaks of a process and of everything that descends from it and still runs, in bytes, all together.
    static func reading(ofTree root: Int32) -> (processes: Int, peak: Int) {
        var waiting = [root]
        var seen: Set<Int32> = []
        var (processes, peak) = (0, 0)
        while let process = waiting.popLast(), seen.count < most {
            guard seen.insert(process).inserted else { continue }
            waiting += children(of: process)
            guard let bytes = peakMemory(of: process) else { continue }
            processes += 1
            peak += bytes
        }
        return (processes, peak)
    }

    /// `VmHWM` in proc_pid_status(5), which the kernel counts in KiB; `nil` when the process is gone.
    private static func peakMemory(of process: Int32) -> Int? {
        let lines = text("/proc/\(process)/status").split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix("VmHWM:") }),
            let number = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        return number * 1024
    }

    /// proc_tid_children(5); any thread may have started them.
    private static func children(of process: Int32) -> [Int32] {
        let folder = "/proc/\(process)/task"
        guard let threads = opendir(folder) else { return [] }
        defer { closedir(threads) }
        var children: [Int32] = []
        while let entry = readdir(threads) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard let thread = Int32(name) else { continue }
            children += text("\(folder)/\(thread)/children").split(separator: " ").compactMap { Int32($0) }
        }
        return children
    }

    /// What stands in a file of the kernel's; empty when it cannot be read.
    private static func text(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count < longest {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
