/// Where a receiver listens.
package struct ListenAddress: Sendable, Hashable {
    /// An IPv4 address of this host.
    package let host: String
    /// 0 lets the system choose.
    package let port: Int

    /// 127.0.0.1, which nobody but this host reaches.
    package static func loopback(port: Int) -> ListenAddress { ListenAddress(host: "127.0.0.1", port: port) }

    /// An address that other hosts may reach.
    package static func any(host: String, port: Int) -> ListenAddress { ListenAddress(host: host, port: port) }
}
