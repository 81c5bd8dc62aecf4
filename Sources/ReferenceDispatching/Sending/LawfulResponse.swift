package import CurlTransport

extension TransferResponse {
    /// Says that its headers give more than one length, so that it has to be discarded (RFC 9112 section 6.3).
    package var hasContradictingLengths: Bool {
        let lengths = headers.values(named: "Content-Length")
            .flatMap { value in value.split(separator: ",").map { String($0.filter { $0 != " " }) } }
        return Set(lengths).count > 1
    }
}
