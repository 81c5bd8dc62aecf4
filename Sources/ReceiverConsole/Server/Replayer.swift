import CurlTransport
import DeliveryEvidence
import FoundationEssentials
import Notation

/// Sends recorded requests again.
actor Replayer {
    private var transport: CurlTransport?
    private var isOver = false
    /// How long an answer may take; longer than any person watches, shorter than a script that hangs.
    static let limit = Duration.seconds(60)

    /// Sends a request to `origin`, or to another loopback URL.
    ///
    /// The method, the headers in order and the body are those that were recorded; what belongs to the connection is
    /// made anew. A certificate is not checked: the request goes to this machine, and scripts may show any certificate.
    ///
    /// - Throws: a `ConsoleRefusal` when it cannot be sent.
    func replay(_ request: AttemptArrived, origin: String, url: String?) async throws -> JSONValue {
        let target = request.target.hasPrefix("/") ? request.target : "/"
        let headers = request.headers.filter { header in
            !CurlCommand.ownHeaders.contains(header.name.lowercased()) && !header.name.hasPrefix(":")
        }
        var copy = TransferRequest(
            method: request.method,
            url: url ?? origin + target,
            headers: headers.map { HeaderField($0.name, $0.value) },
            body: request.body.bytes,
            totalLimit: Self.limit,
            connectLimit: .seconds(10)
        )
        copy.verifiesCertificates = false
        copy.responseBodyLimit = 1 << 20
        if url != nil { copy.allowsAddress = { address, _ in Self.isLoopback(address) } }
        do {
            let response = try await running().send(copy)
            return .fields([
                "ok": .bool(true),
                "status": .count(response.status),
                "headers": .array(response.headers.map { .array([.string($0.name), .string($0.value)]) }),
                "body": .content(response.body, size: response.bodyLength),
                "took_ms": .milliseconds(response.timings.total),
                "failure": nil,
            ])
        } catch let error as TransferError {
            try refuse(error)
            return .fields([
                "ok": .bool(false),
                "status": .count(error.head?.status),
                "headers": nil,
                "body": nil,
                "took_ms": .milliseconds(error.timings?.total),
                "failure": .string(VisibleText.of(error.description, atMost: 400)),
            ])
        }
    }

    /// Throws for what was never sent; any other failure is what the script asked for.
    private func refuse(_ error: TransferError) throws {
        switch error.kind {
        case .addressRefused:
            throw ConsoleRefusal(
                "A request can be replayed to a loopback address only.",
                help: "Give a `url` such as http://127.0.0.1:8080/hooks, or none for this endpoint itself."
            )
        case .badRequest:
            throw ConsoleRefusal(
                "The request cannot be sent again as it is: \(VisibleText.of(error.message, atMost: 300))",
                help: "A malformed request can be taken from the evidence, byte by byte."
            )
        case .shutDown, .cancelled: throw CancellationError()
        default: return
        }
    }

    private func running() throws -> CurlTransport {
        guard !isOver else { throw CancellationError() }
        if let transport { return transport }
        let new = try CurlTransport()
        transport = new
        return new
    }

    /// Gives up whatever is on its way.
    func shutDown() async {
        isOver = true
        await transport?.shutDown()
    }

    private static func isLoopback(_ address: String) -> Bool {
        address.hasPrefix("127.") || address == "::1" || address.hasPrefix("::ffff:127.")
    }
}
