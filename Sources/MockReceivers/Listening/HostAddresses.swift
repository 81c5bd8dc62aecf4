import Glibc

/// The addresses of this host that receivers can listen at.
package enum HostAddresses {
    /// Says that there is `::1`, which containers often lack.
    package static var hasVersion6Loopback: Bool {
        do throws(ListeningSocket.Failure) {
            close(try ListeningSocket.bound(host: "::1", port: 0).fd)
            return true
        } catch {
            return false
        }
    }
}
