/// An error code of HTTP/2 by its name in RFC 9113 section 7, such as `CANCEL`.
struct HTTP2Code: Equatable, Sendable, CustomStringConvertible {
    let number: UInt32

    static let noError = HTTP2Code(number: 0)
    static let protocolError = HTTP2Code(number: 1)
    static let internalError = HTTP2Code(number: 2)
    static let enhanceYourCalm = HTTP2Code(number: 11)

    var description: String {
        let index = Int(clamping: number)
        return Self.names.indices.contains(index) ? Self.names[index] : "code \(number)"
    }

    private static let names = [
        "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED",
        "FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM",
        "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED",
    ]
}
