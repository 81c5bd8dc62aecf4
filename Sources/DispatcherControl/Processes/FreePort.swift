import Glibc

/// Finds a TCP port that nobody uses.
enum FreePort {
    /// A port of 127.0.0.1 that was free a moment ago; `nil` when the host gives none.
    ///
    /// Another program may take it before the dispatcher does. One that binds port 0 and says where it listens has no
    /// such gap.
    static func find() -> Int? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isFound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        return isFound ? Int(UInt16(bigEndian: address.sin_port)) : nil
    }
}
