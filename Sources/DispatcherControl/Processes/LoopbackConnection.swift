import Glibc

/// An attempt to connect to a server of this host, which never waits.
final class LoopbackConnection {
    private let descriptor: Int32

    /// Begins to connect to `port` of 127.0.0.1; `nil` when nobody listens there.
    init?(port: UInt16) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        guard let descriptor = Self.begin(to: address, family: AF_INET) else { return nil }
        self.descriptor = descriptor
    }

    /// Begins to connect to the unix socket at `path`; `nil` when nobody listens there.
    ///
    /// The kernel takes 107 bytes of a path (unix(7)). Those who listen at a longer one bind a relative path, so that it
    /// is made short here too: by way of the folder it is in.
    init?(path: String) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let longest = MemoryLayout.size(ofValue: address.sun_path) - 1
        var short = path
        var folder: Int32 = -1
        if path.utf8.count > longest, let slash = path.lastIndex(of: "/") {
            folder = open(String(path[...slash]), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            short = "/proc/self/fd/\(folder)/\(path[path.index(after: slash)...])"
        }
        defer { if folder >= 0 { close(folder) } }
        guard short.utf8.count <= longest else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: short.utf8) }
        guard let descriptor = Self.begin(to: address, family: AF_UNIX) else { return nil }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Says whether the server has the connection; one over TCP may take a moment.
    var isOpen: Bool {
        // The kernel knows no peer before the connection is there, nor after it was refused (getpeername(2)).
        var address = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutableBytes(of: &address) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { address in
                address.baseAddress.map { getpeername(descriptor, $0, &size) == 0 } ?? false
            }
        }
    }

    private static func begin<Address>(to address: Address, family: Int32) -> Int32? {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, kind, 0)
        guard descriptor >= 0 else { return nil }
        let result = withUnsafeBytes(of: address) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { connect(descriptor, $0.baseAddress, socklen_t(bytes.count)) }
        }
        guard result == 0 || errno == EINPROGRESS else {
            close(descriptor)
            return nil
        }
        return descriptor
    }
}
