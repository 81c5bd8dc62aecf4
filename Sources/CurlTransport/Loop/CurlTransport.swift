import CCurl

/// Performs HTTP requests with libcurl on a thread of its own.
///
/// Every handle belongs to this actor, and the actor runs on `CurlLoop`, so nothing of libcurl is ever touched from
/// two threads. Any number of requests can be in flight. Call `shutDown()` when done; a transport that is dropped
/// without it ends its thread by itself, but nobody waits for that.
package actor CurlTransport {
    private let loop: CurlLoop
    private var transfers: [UInt64: Transfer] = [:]
    private var lastID: UInt64 = 0

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        loop.asUnownedSerialExecutor()
    }

    /// Starts a transport and its thread; throws a `TransferError` when libcurl or the thread cannot be started.
    package init() throws {
        loop = try CurlLoop()
        try loop.start { [weak self] round in
            self?.assumeIsolated { $0.turn(round) }
        }
    }

    deinit {
        loop.abandon()
    }

    /// Whether the libcurl of this host was built with HTTP/2.
    package static var speaksHTTP2: Bool { has(CURL_VERSION_HTTP2) }

    /// Whether the libcurl of this host can unpack gzip.
    package static var unpacksGzip: Bool { has(CURL_VERSION_LIBZ) }

    private static func has(_ feature: Int32) -> Bool {
        guard let facts = curl_version_info(CURLVERSION_FIRST) else { return false }
        return facts.pointee.features & feature != 0
    }

    /// libcurl's version and those of the libraries it uses, such as `libcurl/7.88.1 OpenSSL/3.0.19`.
    package static var libraryVersion: String { String(cString: curl_version()) }

    /// Sends one request and waits for the complete response.
    ///
    /// Throws a `TransferError`, and nothing else, when there is no complete response. Cancelling the calling task
    /// drops the connection at once (`cancelled`); so does `shutDown()`, which also refuses every later call.
    package nonisolated func send(_ request: TransferRequest) async throws -> TransferResponse {
        try request.validate()
        guard !Task.isCancelled else { throw TransferError.cancelled }
        // The actor's executor runs nothing after shutdown, so the way in is counted: a call that is let in is sure to
        // be run to its end, and one that comes too late never reaches the executor.
        guard loop.enter() else { throw TransferError.afterShutDown }
        defer { loop.leave() }
        return try await perform(request)
    }

    /// Fails every transfer in flight with `shutDown`, ends the thread and joins it; may be called more than once.
    package nonisolated func shutDown() async {
        await loop.stop()
    }
}

extension CurlTransport {
    private func perform(_ request: TransferRequest) async throws -> TransferResponse {
        lastID += 1
        let id = lastID
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { start(request, as: id, for: $0) }
        } onCancel: {
            // Answered in the round after this job, so a cancellation that comes before the transfer exists finds it
            // all the same.
            loop.cancel(id)
        }
    }

    private func start(
        _ request: TransferRequest,
        as id: UInt64,
        for continuation: CheckedContinuation<TransferResponse, any Error>
    ) {
        do {
            let transfer = try Transfer(request, id: id, continuation: continuation)
            let code = curl_multi_add_handle(loop.multi, transfer.easy)
            guard code == CURLM_OK else { throw TransferError(code) }
            transfers[id] = transfer
        } catch {
            continuation.resume(throwing: error)
        }
    }

    /// Does what is due: drops what is unwanted, lets libcurl work, and answers for what has ended.
    private func turn(_ round: LoopRound) {
        for id in round.cancelled { fail(id, .cancelled) }
        if round.isClosing { failAll(.shutDown) }
        if let code = round.waitFailure { failAll(TransferError(code)) }
        guard !transfers.isEmpty else { return }
        var running: Int32 = 0
        let code = curl_multi_perform(loop.multi, &running)
        if code != CURLM_OK { failAll(TransferError(code)) }
        reap()
    }

    private func reap() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(loop.multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            let code = message.pointee.data.result
            guard let transfer = transfers.removeValue(forKey: Transfer.id(of: easy)) else { continue }
            curl_multi_remove_handle(loop.multi, easy)
            transfer.finish(code)
        }
    }

    private func fail(_ id: UInt64, _ error: TransferError) {
        guard let transfer = transfers.removeValue(forKey: id) else { return }
        curl_multi_remove_handle(loop.multi, transfer.easy)
        transfer.fail(error)
    }

    private func failAll(_ error: TransferError) {
        for id in transfers.keys { fail(id, error) }
    }
}
