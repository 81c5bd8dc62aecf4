import NIOCore
import NIOHTTP2

/// How much an HTTP/2 client may do at a time.
enum HTTP2Limits {
    /// SETTINGS_MAX_CONCURRENT_STREAMS.
    static let concurrentStreams = 100
    /// What may come on a stream before its receiver has taken any of it.
    static let streamWindow = 1 << 20
    /// The same for all streams of a connection together.
    static let connectionWindow = 1 << 24
    /// How many streams a client may reset within half a minute.
    ///
    /// Far above what timeouts of a dispatcher under load come to, and far below what a flood is.
    static let resets = 2000

    /// The settings and limits of a connection; more is answered by GOAWAY, and recorded.
    ///
    /// What the library has against a request's headers and length is not asked for, because it would keep from us what
    /// came: see `RequestRules`.
    static func connection(_ desk: EndpointDesk) -> NIOHTTP2Handler.ConnectionConfiguration {
        var configuration = NIOHTTP2Handler.ConnectionConfiguration()
        configuration.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: concurrentStreams),
            HTTP2Setting(parameter: .maxHeaderListSize, value: desk.limits.head),
            // A script that reads slowly gives out every byte of a body itself; a client may send 65,535 bytes before
            // it has read these settings, which then count as sent ahead.
            HTTP2Setting(
                parameter: .initialWindowSize,
                value: desk.script.summary.readsSlowly ? 0 : streamWindow
            ),
        ]
        configuration.headerBlockValidation = .disabled
        configuration.contentLengthValidation = .disabled
        configuration.maximumSequentialEmptyDataFrames = 100
        configuration.maximumSequentialContinuationFrames = desk.limits.head / (16 * 1024) + 4
        configuration.maximumRecentlyResetStreams = resets
        configuration.maximumConnectionGlitches = resets
        configuration.controlFrameRateLimit.maximumCount = resets
        return configuration
    }

    static var stream: NIOHTTP2Handler.StreamConfiguration {
        var configuration = NIOHTTP2Handler.StreamConfiguration()
        configuration.streamResetFrameRateLimit.maximumCount = resets
        configuration.streamErrorRateLimit.maximumCount = resets
        return configuration
    }
}
