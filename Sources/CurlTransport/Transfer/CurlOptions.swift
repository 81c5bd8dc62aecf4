import CCurl

/// Sets the options of one libcurl handle, each with the type libcurl reads it as.
struct CurlOptions {
    let easy: UnsafeMutableRawPointer

    func set(_ option: CURLoption, _ isOn: Bool) throws(TransferError) {
        try check(ccurl_set_long(easy, option, isOn ? 1 : 0))
    }

    func set(_ option: CURLoption, _ value: Int) throws(TransferError) {
        try check(ccurl_set_long(easy, option, value))
    }

    /// Sets a text, which libcurl copies; nil takes the option back.
    func set(_ option: CURLoption, _ value: String?) throws(TransferError) {
        try check(ccurl_set_string(easy, option, value))
    }

    /// Sets a limit in milliseconds, rounded up, and 1 at least: libcurl reads 0 as no limit.
    func set(_ option: CURLoption, _ limit: Duration?) throws(TransferError) {
        guard let limit else { return }
        try set(option, limit.wholeMilliseconds)
    }

    func set(_ option: CURLoption, _ list: CurlStringList) throws(TransferError) {
        try check(ccurl_set_list(easy, option, list.head))
    }

    func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) throws(TransferError) {
        try check(ccurl_set_pointer(easy, option, pointer))
    }

    func set(_ option: CURLoption, _ callback: curl_write_callback) throws(TransferError) {
        try check(ccurl_set_data_callback(easy, option, callback))
    }

    /// Gives libcurl its own copy of the body; the length goes first, or the first NUL byte would end the copy.
    func setBody(_ body: [UInt8]) throws(TransferError) {
        try check(ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
        let code = body.withUnsafeBytes { bytes in
            // An empty array may have no address, and to libcurl a null means that the body is yet to come.
            bytes.baseAddress.map { ccurl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, .init(mutating: $0)) }
                ?? ccurl_set_string(easy, CURLOPT_COPYPOSTFIELDS, "")
        }
        try check(code)
    }

    func check(_ code: CURLcode) throws(TransferError) {
        guard code == CURLE_OK else { throw TransferError(code) }
    }
}

extension Duration {
    /// From 1 ms to the 24 days a libcurl timer can have.
    fileprivate var wholeMilliseconds: Int {
        let longest = Int(Int32.max)
        guard self < .milliseconds(longest) else { return longest }
        let (seconds, attoseconds) = components
        let perMillisecond: Int64 = 1_000_000_000_000_000
        let milliseconds = seconds * 1000 + (attoseconds + perMillisecond - 1) / perMillisecond
        return max(1, Int(milliseconds))
    }
}
