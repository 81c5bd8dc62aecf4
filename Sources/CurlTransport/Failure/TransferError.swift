import CCurl

/// Why a request has no complete response.
package struct TransferError: Error, Sendable, CustomStringConvertible {
    /// What went wrong, in the terms a retry rule is written in.
    package enum Kind: Sendable, Hashable {
        /// The host's name has no address, or no name server answered.
        case nameResolution
        /// The peer's machine answered that nothing listens on the port.
        case connectionRefused
        /// No route to the peer's network or machine.
        case unreachable
        /// A limit, whichever it was, ran out before the connection stood, resolving and TLS included.
        case connectTimeout
        /// The total limit ran out once the connection stood.
        case totalTimeout
        /// TLS failed before a request could be sent.
        case tls(TLSFailure)
        /// The peer reset the connection.
        case connectionReset
        /// The peer closed the connection in order, before the first byte of a response.
        case emptyReply
        /// The peer closed the connection before the announced end of the body.
        case partialBody
        /// What came is not HTTP as the standard has it, or is a redirect that must not be followed.
        case protocolViolation
        /// The server redirected more often than `followsRedirects` allows.
        case tooManyRedirects
        /// The body exceeds `responseBodyLimit`.
        case bodyTooLarge
        /// `allowsAddress` said no to every address; no byte of the request was sent.
        case addressRefused
        /// The request cannot be sent as it stands; nothing was sent.
        case badRequest
        /// The calling task was cancelled.
        case cancelled
        /// The transport is shut down or was while the request was in flight.
        case shutDown
        /// None of the above; the number is libcurl's.
        case other(code: Int)
    }

    /// What of TLS went wrong.
    package enum TLSFailure: Sendable, Hashable {
        /// The certificate was not accepted: expired, not yet valid, of another host, of no trusted authority.
        case certificate
        /// There was no handshake: closed, reset, no common version or cipher, not TLS at all.
        case handshake
        /// Our own side is at fault: the trust store cannot be read.
        case trustStore
    }

    /// What went wrong.
    package var kind: Kind
    /// What happened, in a sentence or libcurl's words.
    package var message: String
    /// libcurl's number for it; nil when libcurl was not asked.
    package var curlCode: Int?
    /// How far the transfer had come; nil when it was not begun.
    package var timings: TransferTimings?
    /// The connection it failed on; nil when there was none.
    package var connection: TransferConnection?
    /// The response's head as far as it had arrived; after redirects it can be that of a redirect.
    package var head: ResponseHead?

    package var description: String {
        guard let curlCode else { return message }
        return "\(message) (libcurl error \(curlCode))"
    }

    /// Makes an error that libcurl has no part in.
    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

extension TransferError {
    static func badRequest(_ message: String) -> TransferError {
        TransferError(.badRequest, message)
    }

    static var cancelled: TransferError {
        TransferError(.cancelled, "The request was cancelled by its caller.")
    }

    static var shutDown: TransferError {
        TransferError(.shutDown, "The request was given up because the transport is shutting down.")
    }

    static var afterShutDown: TransferError {
        TransferError(.shutDown, "The request was not sent because the transport is shut down.")
    }

    /// An error of the whole multi handle.
    init(_ code: CURLMcode) {
        self.init(
            .other(code: Int(code.rawValue)),
            "libcurl could not go on with any transfer: \(String(cString: curl_multi_strerror(code)))."
        )
    }

    /// An error in setting up a transfer.
    init(_ code: CURLcode) {
        self.init(.other(code: Int(code.rawValue)), String(cString: curl_easy_strerror(code)))
        curlCode = Int(code.rawValue)
    }
}
