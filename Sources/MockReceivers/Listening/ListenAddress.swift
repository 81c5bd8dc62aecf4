/// Where a receiver listens.
package struct ListenAddress: Sendable, Hashable {
    /// An IPv4 or IPv6 address of this host.
    package let host: String
    /// 0 lets the system choose.
    package let port: Int

    /// 127.0.0.1, which nobody but this host reaches.
    package static func loopback(port: Int) -> ListenAddress { ListenAddress(host: "127.0.0.1", port: port) }

    /// `::1`, the same for IPv6.
    package static func loopbackVersion6(port: Int) -> ListenAddress { ListenAddress(host: "::1", port: port) }

    /// The address as it stands in a URL.
    package var hostInURL: String { host.contains(":") ? "[\(host)]" : host }

    /// An address that other hosts may reach.
    package static func any(host: String, port: Int) -> ListenAddress { ListenAddress(host: host, port: port) }
}
