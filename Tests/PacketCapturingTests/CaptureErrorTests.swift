import Glibc
import PacketCapturing
import Testing

@Suite struct `A capture that is not possible` {
    @Test(
        arguments: [
            ("socket", EPERM, "CAP_NET_RAW", true),
            ("socket", EACCES, "setcap cap_net_raw+ep", true),
            ("socket", EAFNOSUPPORT, "AF_PACKET", false),
            ("if_nametoindex", ENODEV, "'lo'", false),
            ("setsockopt PACKET_RX_RING", ENOMEM, "32 MiB", false),
            ("bind", ENETDOWN, "bind: network is down", false),
        ] as [(String, Int32, String, Bool)]
    )
    func `is told in one sentence with the way out`(_ call: String, _ code: Int32, _ part: String, _ refused: Bool) {
        let error = CaptureError(call: call, code: code, interface: "lo", bytes: 32 << 20)
        #expect(error.description.contains(part))
        #expect(error.description.contains(";") && !error.description.contains("\n"))
        #expect(error.isNotPermitted == refused)
    }
}
