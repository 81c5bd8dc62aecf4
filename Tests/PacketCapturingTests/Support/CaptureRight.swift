import PacketCapturing

/// Whether this process may capture packets.
enum CaptureRight {
    private static let refusal: String? = {
        do {
            try PacketCapture.check()
            return nil
        } catch {
            return "\(error)"
        }
    }()

    static var isThere: Bool { refusal == nil }
    static var why: String { refusal ?? "" }
}
