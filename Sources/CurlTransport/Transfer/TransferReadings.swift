import CCurl

/// What a libcurl handle tells about its last transfer.
struct TransferReadings {
    let easy: UnsafeMutableRawPointer

    var timings: TransferTimings {
        TransferTimings(
            nameLookup: moment(CURLINFO_NAMELOOKUP_TIME_T),
            connect: moment(CURLINFO_CONNECT_TIME_T),
            tls: moment(CURLINFO_APPCONNECT_TIME_T),
            firstByte: moment(CURLINFO_STARTTRANSFER_TIME_T),
            total: moment(CURLINFO_TOTAL_TIME_T) ?? .zero
        )
    }

    /// Nil when there was no connection.
    var connection: TransferConnection? {
        guard let address = text(CURLINFO_PRIMARY_IP), !address.isEmpty else { return nil }
        return TransferConnection(
            localPort: number(CURLINFO_LOCAL_PORT),
            remoteAddress: address,
            remotePort: number(CURLINFO_PRIMARY_PORT)
        )
    }

    var redirectCount: Int { number(CURLINFO_REDIRECT_COUNT) }
    var systemError: Int32 { Int32(truncatingIfNeeded: number(CURLINFO_OS_ERRNO)) }

    /// Whether the last URL is one of https.
    var usesTLS: Bool { text(CURLINFO_EFFECTIVE_URL)?.lowercased().hasPrefix("https:") == true }

    private func number(_ info: CURLINFO) -> Int {
        var value = 0
        ccurl_get_long(easy, info, &value)
        return value
    }

    /// Microseconds since the start, where 0 stands for a phase that was not reached.
    private func moment(_ info: CURLINFO) -> Duration? {
        var value: curl_off_t = 0
        ccurl_get_offset(easy, info, &value)
        return value > 0 ? .microseconds(value) : nil
    }

    private func text(_ info: CURLINFO) -> String? {
        var value: UnsafePointer<CChar>?
        ccurl_get_string(easy, info, &value)
        return value.map { String(cString: $0) }
    }
}
