import CCurl

/// One request in flight: its libcurl handle, what has come so far, and who waits for it.
///
/// Lives on the transfer thread only. libcurl's callbacks find it by the pointer given as their user data; the
/// transport holds it for as long as the handle is in the multi handle, hence for as long as there can be callbacks.
final class Transfer {
    let easy: UnsafeMutableRawPointer
    private let request: TransferRequest
    private let headerList: CurlStringList
    private let resolveList: CurlStringList
    private let connectList: CurlStringList
    private let errorText: UnsafeMutablePointer<CChar>
    private let continuation: CheckedContinuation<TransferResponse, any Error>

    private var headers = HeaderLines()
    private var body: [UInt8] = []
    private var bodyLength = 0
    private var exceededBodyLimit = false
    private var refusedAddress: String?

    init(
        _ request: TransferRequest,
        id: UInt64,
        continuation: CheckedContinuation<TransferResponse, any Error>
    ) throws(TransferError) {
        guard let easy = curl_easy_init() else { throw TransferError(CURLE_OUT_OF_MEMORY) }
        self.easy = easy
        self.request = request
        self.continuation = continuation
        headerList = try CurlStringList(headerLines(of: request))
        resolveList = try CurlStringList(request.resolveLines)
        connectList = try CurlStringList(request.connectLines)
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        let options = CurlOptions(easy: easy)
        try options.apply(request)
        try options.set(CURLOPT_HTTPHEADER, headerList)
        if resolveList.head != nil { try options.set(CURLOPT_RESOLVE, resolveList) }
        if connectList.head != nil { try options.set(CURLOPT_CONNECT_TO, connectList) }
        try options.set(CURLOPT_ERRORBUFFER, pointer: errorText)
        try options.set(CURLOPT_PRIVATE, pointer: UnsafeMutableRawPointer(bitPattern: UInt(id)))
        try options.setCallbacks(of: self)
    }

    deinit {
        curl_easy_cleanup(easy)
        errorText.deallocate()
    }

    /// The number under which the transport knows the transfer of that handle.
    ///
    /// A number and not an address, because the address of a freed handle is used again.
    static func id(of easy: UnsafeMutableRawPointer) -> UInt64 {
        var pointer: UnsafeMutableRawPointer?
        ccurl_get_pointer(easy, CURLINFO_PRIVATE, &pointer)
        return UInt64(UInt(bitPattern: pointer))
    }

    /// Answers the caller with what libcurl says the outcome is.
    func finish(_ code: CURLcode) {
        guard code == CURLE_OK, let head = headers.head else {
            fail(error(for: code == CURLE_OK ? CURLE_WEIRD_SERVER_REPLY : code))
            return
        }
        let readings = TransferReadings(easy: easy)
        continuation.resume(
            returning: TransferResponse(
                head: head,
                body: body,
                bodyLength: bodyLength,
                timings: readings.timings,
                connection: readings.connection
                    ?? TransferConnection(localPort: 0, remoteAddress: "", remotePort: 0),
                redirectCount: readings.redirectCount
            )
        )
    }

    /// Answers the caller with an error, completed by how far the transfer had come.
    func fail(_ error: TransferError) {
        let readings = TransferReadings(easy: easy)
        var error = error
        error.timings = readings.timings
        error.connection = readings.connection
        error.head = headers.head
        continuation.resume(throwing: error)
    }

    private func error(for code: CURLcode) -> TransferError {
        let readings = TransferReadings(easy: easy)
        let text = String(cString: errorText)
        var failure = TransferFailure(code: Int(code.rawValue))
        failure.systemError = readings.systemError
        failure.message = text
        // Within a handshake libcurl 7.88 does not tell the moment of TCP's connection, and later releases do; the
        // handshake's own end is told by both.
        failure.connectionStood = (readings.usesTLS ? readings.timings.tls : readings.timings.connect) != nil
        failure.refusedAnAddress = refusedAddress != nil
        failure.exceededBodyLimit = exceededBodyLimit
        failure.responseHadBegun = readings.timings.firstByte != nil
        var error = TransferError(failure.kind, text.isEmpty ? String(cString: curl_easy_strerror(code)) : text)
        error.curlCode = Int(code.rawValue)
        if code == CURLE_OUT_OF_MEMORY, error.kind == .protocolViolation {
            error.message = "A header line of the response is longer than libcurl takes (100 kB)."
        } else if error.kind == .bodyTooLarge {
            error.message = "The response's body exceeds the limit of \(request.responseBodyLimit) bytes."
        } else if error.kind == .addressRefused, let refusedAddress {
            error.message = "The address \(refusedAddress) is not one that may be spoken to."
        }
        return error
    }
}

extension Transfer {
    func takeHeader(_ bytes: UnsafeRawBufferPointer) {
        headers.take(bytes)
    }

    /// Takes a piece of the body; false when the transfer must end.
    func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bodyLength += bytes.count
        body.append(contentsOf: bytes.prefix(max(0, request.responseBodyCap - body.count)))
        exceededBodyLimit = bodyLength > request.responseBodyLimit
        return !exceededBodyLimit
    }

    func permits(_ address: String, _ port: Int) -> Bool {
        guard let allowsAddress = request.allowsAddress, !allowsAddress(address, port) else { return true }
        refusedAddress = address
        return false
    }
}
