import CurlTransport
import Glibc
import Testing

@Suite struct `The failure table` {
    private func kind(_ code: Int, _ change: (inout TransferFailure) -> Void = { _ in }) -> TransferError.Kind {
        var failure = TransferFailure(code: code)
        change(&failure)
        return failure.kind
    }

    @Test(arguments: [
        (1, TransferError.Kind.protocolViolation), (3, .protocolViolation), (6, .nameResolution),
        (8, .protocolViolation), (18, .partialBody), (35, .tls(.handshake)), (47, .tooManyRedirects),
        (52, .emptyReply), (60, .tls(.certificate)), (67, .protocolViolation), (77, .tls(.trustStore)),
        (999, .other(code: 999)),
    ])
    func `reads the code alone`(_ code: Int, _ expected: TransferError.Kind) {
        #expect(kind(code) == expected)
    }

    @Test func `tells what ended a connection attempt by the system's error`() {
        #expect(kind(7) { $0.systemError = ECONNREFUSED } == .connectionRefused)
        #expect(kind(7) { $0.systemError = ENETUNREACH } == .unreachable)
        #expect(kind(7) { $0.systemError = EHOSTUNREACH } == .unreachable)
        #expect(kind(7) { $0.systemError = ETIMEDOUT } == .connectTimeout)
        #expect(kind(7) == .other(code: 7))
        #expect(kind(7) { $0.refusedAnAddress = true } == .addressRefused)
        #expect(kind(42) { $0.refusedAnAddress = true } == .addressRefused)
        #expect(kind(42) == .other(code: 42))
    }

    @Test func `tells the limits apart by how far the transfer had come`() {
        #expect(kind(28) == .connectTimeout)
        #expect(kind(28) { $0.connectionStood = true } == .totalTimeout)
    }

    @Test(arguments: [55, 56])
    func `tells a reset from what shares its code`(_ code: Int) {
        #expect(kind(code) { $0.systemError = ECONNRESET } == .connectionReset)
        #expect(kind(code) { $0.systemError = EPIPE } == .connectionReset)
        #expect(kind(code) { $0.systemError = ETIMEDOUT } == .other(code: code))
        let malformed = kind(code) {
            $0.systemError = ECONNRESET
            $0.message = "Illegal or missing hexadecimal sequence in chunked-encoding"
        }
        #expect(malformed == .protocolViolation)
        #expect(kind(code) { $0.message = "Too large response headers: 307209 > 307200" } == .protocolViolation)
        #expect(kind(code) { $0.message = "SSL_read: unexpected eof while reading" } == .partialBody)
    }

    @Test func `takes running out of memory for an endless header once an answer has begun`() {
        #expect(kind(27) { $0.responseHadBegun = true } == .protocolViolation)
        #expect(kind(27) == .other(code: 27))
    }

    @Test func `puts our own body limit before libcurl's word for it`() {
        #expect(kind(23) { $0.exceededBodyLimit = true } == .bodyTooLarge)
        #expect(kind(23) == .other(code: 23))
    }
}
