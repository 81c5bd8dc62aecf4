package import CurlTransport

/// libcurl as a victim: what most dispatchers would make of a fault.
package struct CurlVictim: Sendable {
    private let transport: CurlTransport
    private let url: String
    private let trustStore: String

    /// Makes a victim of the receiver at `url`.
    ///
    /// - Parameter trustStore: the path of a PEM file with the authority to trust.
    package init(transport: CurlTransport, url: String, trustStore: String) {
        self.transport = transport
        self.url = url
        self.trustStore = trustStore
    }

    /// Makes one exchange.
    package func exchange(_ step: CurlStep) async -> CurlSight {
        if step.rest > .zero, await !rest(step.rest) { return CurlSight(code: -1, message: "cancelled") }
        let deadline = SuspendingClock().now.advanced(by: VictimMove.usualPatience)
        while true {
            let sight = await once(step)
            guard step.keepsTrying, sight.code != 0, SuspendingClock().now < deadline, await rest(.milliseconds(25))
            else {
                return sight
            }
        }
    }

    private func once(_ step: CurlStep) async -> CurlSight {
        var request = TransferRequest(
            method: "POST",
            url: url,
            headers: [HeaderField("Content-Type", "application/json"), HeaderField("User-Agent", "hookassay-doctor")],
            body: ProofRequest.body(length: step.bodyLength),
            totalLimit: step.limit,
            connectLimit: step.connectLimit
        )
        if step.version == .http1 { request.headers.append(HeaderField("Connection", "close")) }
        request.trustStore = trustStore
        request.version = step.version
        request.unpacksBody = step.unpacks
        do {
            let response = try await transport.send(request)
            return CurlSight(
                code: 0,
                status: response.status,
                bodyLength: response.bodyLength,
                firstByte: response.timings.firstByte,
                total: response.timings.total
            )
        } catch let error as TransferError {
            return CurlSight(
                code: error.curlCode ?? -1,
                message: error.message,
                status: error.head?.status,
                connected: error.kind != .connectTimeout && error.timings?.connect != nil,
                firstByte: error.timings?.firstByte,
                total: error.timings?.total ?? .zero
            )
        } catch {
            return CurlSight(code: -1, message: "\(error)")
        }
    }
}
