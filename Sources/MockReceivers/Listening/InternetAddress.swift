import Glibc

/// An address of a socket, of either family of the internet.
struct InternetAddress {
    let family: CInt
    private var version4 = sockaddr_in()
    private var version6 = sockaddr_in6()

    /// - Throws: when `host` is no IP address.
    init(host: String, port: Int) throws(ListeningSocket.Failure) {
        let port = in_port_t(UInt16(clamping: port)).bigEndian
        family = host.contains(":") ? AF_INET6 : AF_INET
        let isRead: CInt
        if family == AF_INET6 {
            version6.sin6_family = sa_family_t(AF_INET6)
            version6.sin6_port = port
            isRead = inet_pton(AF_INET6, host, &version6.sin6_addr)
        } else {
            version4.sin_family = sa_family_t(AF_INET)
            version4.sin_port = port
            isRead = inet_pton(AF_INET, host, &version4.sin_addr)
        }
        guard isRead == 1 else { throw ListeningSocket.Failure(sentence: "'\(host)' is not an IP address") }
    }

    /// Gives the address in the form that calls of the system take.
    func withSockaddr(_ call: (UnsafePointer<sockaddr>, socklen_t) -> CInt) -> CInt {
        if family == AF_INET6 {
            return withUnsafePointer(to: version6) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    call($0, socklen_t(MemoryLayout<sockaddr_in6>.size))
                }
            }
        }
        return withUnsafePointer(to: version4) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                call($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
