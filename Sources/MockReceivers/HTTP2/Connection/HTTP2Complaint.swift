import NIOHPACK
import NIOHTTP2

/// Says in words what the frame reader has against a connection.
enum HTTP2Complaint {
    static func text(_ error: any Error) -> String {
        switch error {
        case is NIOHTTP2Errors.BadClientMagic: "the connection does not begin with the preface of HTTP/2"
        case is NIOHTTP2Errors.ExcessivelyLargeHeaderBlock, is NIOHPACKErrors.MaxHeaderListSizeViolation:
            "the head is larger than the settings allow"
        case is NIOHTTP2Errors.ExcessiveContinuationFrames: "the head comes in too many CONTINUATION frames"
        case is NIOHTTP2Errors.ExcessiveRSTFrames:
            "more than \(HTTP2Limits.resets) streams were reset within 30 seconds"
        case is NIOHTTP2Errors.ExcessiveControlFrames:
            "more than \(HTTP2Limits.resets) PING, SETTINGS or PRIORITY frames came within 30 seconds"
        case is NIOHTTP2Errors.ExcessiveEmptyDataFrames: "too many DATA frames without data came in a row"
        case is NIOHTTP2Errors.FlowControlViolation: "more came than the flow control window allows"
        default: "not well-formed HTTP/2: \(type(of: error))"
        }
    }
}
