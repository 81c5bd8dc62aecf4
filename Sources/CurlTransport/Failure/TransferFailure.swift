import CCurl
import Glibc

/// What is known about a transfer that libcurl reports as failed.
package struct TransferFailure: Sendable {
    /// libcurl's number (libcurl-errors(3)).
    package var code: Int
    /// The system's `errno` as libcurl kept it; a hint only, since it can stem from an earlier call.
    package var systemError: Int32 = 0
    /// libcurl's words.
    package var message = ""
    /// Whether the connection stood, TLS included where the URL asks for it.
    package var connectionStood = false
    /// Whether `allowsAddress` refused an address.
    package var refusedAnAddress = false
    /// Whether our own body limit ended the transfer.
    package var exceededBodyLimit = false
    /// Whether the first byte of a response had come.
    package var responseHadBegun = false

    /// Makes the facts of a failure; everything but the code starts at its least.
    package init(code: Int) {
        self.code = code
    }

    /// What kind of failure this is.
    ///
    /// The table was made from what libcurl 7.88 reports for each fault, not from what the names of its codes promise:
    /// something that is not HTTP is 1 ("unsupported protocol"), a header that never ends is 27 ("out of memory"), and
    /// 56 is a reset as well as a malformed chunk.
    package var kind: TransferError.Kind {
        switch CURLcode(rawValue: UInt32(code)) {
        case _ where exceededBodyLimit: .bodyTooLarge
        case CURLE_COULDNT_CONNECT: connectFailure
        case CURLE_ABORTED_BY_CALLBACK: refusedAnAddress ? .addressRefused : .other(code: code)
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .nameResolution
        // One code for every limit; how far the transfer had come says which it was.
        case CURLE_OPERATION_TIMEDOUT: connectionStood ? .totalTimeout : .connectTimeout
        case CURLE_GOT_NOTHING: .emptyReply
        case CURLE_PARTIAL_FILE: .partialBody
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR: brokenConnection
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS: .tls(.certificate)
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_USE_SSL_FAILED: .tls(.handshake)
        case CURLE_SSL_CACERT_BADFILE: .tls(.trustStore)
        case CURLE_TOO_MANY_REDIRECTS: .tooManyRedirects
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY: .protocolViolation
        // Requests are checked before they are sent, so a bad URL, or one with a user in it, came from the server.
        case CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED: .protocolViolation
        // Said of a header line longer than 100 kB; when memory does run out, no answer need have begun.
        case CURLE_OUT_OF_MEMORY where responseHadBegun: .protocolViolation
        default: .other(code: code)
        }
    }

    private var connectFailure: TransferError.Kind {
        if refusedAnAddress { return .addressRefused }
        return switch systemError {
        case ECONNREFUSED: .connectionRefused
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN: .unreachable
        case ETIMEDOUT: .connectTimeout
        default: .other(code: code)
        }
    }

    private var brokenConnection: TransferError.Kind {
        // Neither a malformed chunk nor a flood of headers has a code of its own, and the errno beside them is whatever
        // came before.
        if message.contains("chunk") || message.contains("response headers") { return .protocolViolation }
        // A TLS connection cut off without close_notify, as newer releases tell it.
        if message.contains("unexpected eof") { return .partialBody }
        return switch systemError {
        case ECONNRESET, EPIPE, ECONNABORTED, ENOTCONN: .connectionReset
        default: .other(code: code)
        }
    }
}
