import Glibc

/// Finds TCP ports that nobody uses.
enum FreePort {
    /// As many different ports of 127.0.0.1 that were free a moment ago, or fewer when the host gives no more.
    ///
    /// Another program may take one before the dispatcher does. One that binds port 0 and says where it listens has no
    /// such gap. Ports that the system gives to whoever asks for any, and to outgoing connections, are the likeliest to be
    /// taken meanwhile, so that those below them are tried first.
    static func find(_ count: Int) -> [Int] {
        var ports: [Int] = []
        // A port is not given again while its socket is open.
        var descriptors: [Int32] = []
        defer { for descriptor in descriptors { close(descriptor) } }
        for _ in 0..<count {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            guard descriptor >= 0 else { break }
            descriptors.append(descriptor)
            if let port = boundBelow(descriptor) ?? bound(descriptor, to: 0) { ports.append(port) }
        }
        return ports
    }

    /// How many ports are tried before the system is asked for one.
    private static let tries = 16
    /// Well above the ports that services are known by.
    private static let lowest = 15000
    /// Linux's own default; where an administrator has moved it, a port is found all the same.
    private static let firstGivenBySystem = 32768

    private static func boundBelow(_ descriptor: Int32) -> Int? {
        for _ in 0..<tries {
            if let port = bound(descriptor, to: Int.random(in: lowest..<firstGivenBySystem)) { return port }
        }
        return nil
    }

    /// The port that the socket is bound to now; `nil` when it is not free.
    ///
    /// - Parameter port: 0 for any.
    private static func bound(_ descriptor: Int32, to port: Int) -> Int? {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        return isBound ? Int(UInt16(bigEndian: address.sin_port)) : nil
    }
}
