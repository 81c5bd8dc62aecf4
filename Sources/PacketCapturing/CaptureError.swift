import Glibc

/// Why packets cannot be captured or kept, as one sentence with the way out.
package struct CaptureError: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String
    /// Says that the process may not capture packets at all.
    package let isNotPermitted: Bool

    /// An error of the capture itself.
    ///
    /// - Parameters:
    ///   - call: the call that failed.
    ///   - code: its errno.
    ///   - interface: the network interface of the capture.
    ///   - bytes: the memory that was asked for.
    package init(call: String, code: Int32, interface: String, bytes: Int) {
        isNotPermitted = call == "socket" && (code == EPERM || code == EACCES)
        description =
            switch (call, code) {
            case ("socket", EPERM), ("socket", EACCES):
                """
                capturing packets wants the capability CAP_NET_RAW, which this process does not have; run it as root, or \
                give the program the capability with 'setcap cap_net_raw+ep', or the container with '--cap-add NET_RAW'
                """
            case ("socket", EAFNOSUPPORT):
                "this kernel captures no packets (it has no AF_PACKET sockets); run where it has, or without a capture"
            case ("if_nametoindex", _):
                "there is no network interface '\(interface)' to capture packets on; see 'ip link' for those there are"
            case (_, ENOMEM):
                """
                the kernel has no \(max(1, bytes >> 20)) MiB of memory for a capture (\(call)); run fewer scenarios at a time, or \
                without a capture
                """
            case (_, E2BIG): "a capture has room for 1000 ports at most; run with fewer endpoints, or without a capture"
            default:
                "packets cannot be captured on '\(interface)': \(call): \(Self.reason(code)); run without a capture"
            }
    }

    /// An error of a file that the capture is kept in.
    init(path: String, _ what: String, code: Int32) {
        isNotPermitted = false
        let wayOut =
            switch code {
            case EEXIST: "remove it, or choose another name"
            case ENOENT, ENOTDIR: "create its folder first"
            case EACCES, EPERM, EROFS: "choose a folder that can be written to"
            case ENOSPC, EDQUOT: "free some disk space and run again"
            default: "check the file system and run again"
            }
        description = "\(path): \(what) (\(Self.reason(code))); \(wayOut)"
    }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)).lowercased() }
}
