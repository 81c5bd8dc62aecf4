import CCurl

extension TransferRequest {
    /// Throws `badRequest` when this request could not be sent exactly as it stands.
    ///
    /// Messages name the field at fault and never its value, which may be a secret.
    package func validate() throws(TransferError) {
        try validateMethod()
        try validateURL()
        for field in headers { try validate(field) }
        try validateFraming()
        guard followsRedirects >= 0, responseBodyCap >= 0, responseBodyLimit >= 0 else {
            throw .badRequest("A redirect count or body limit is negative; 0 is the least.")
        }
        if trustStore?.utf8.contains(0) == true {
            throw .badRequest("The trust store's path contains a NUL byte.")
        }
    }

    private func validateMethod() throws(TransferError) {
        guard isToken(method), method != "CONNECT" else {
            throw .badRequest("The method is not one that can be sent to a server; use a token such as POST.")
        }
        // libcurl would wait for the body that a response to HEAD announces and never has.
        guard method != "HEAD" || body.isEmpty else {
            throw .badRequest("A HEAD request has a body; send it with another method.")
        }
    }

    private func validateURL() throws(TransferError) {
        guard !url.utf8.contains(0), let parsed = curl_url() else {
            throw .badRequest("The URL contains a NUL byte.")
        }
        defer { curl_url_cleanup(parsed) }
        let code = curl_url_set(parsed, CURLUPART_URL, url, UInt32(CURLU_PATH_AS_IS | CURLU_DISALLOW_USER))
        guard code != CURLUE_USER_NOT_ALLOWED else {
            throw .badRequest("The URL contains a user or password; set an Authorization header instead.")
        }
        guard code == CURLUE_OK else {
            throw .badRequest("The URL cannot be used: \(String(cString: curl_url_strerror(code))).")
        }
        var scheme: UnsafeMutablePointer<CChar>?
        curl_url_get(parsed, CURLUPART_SCHEME, &scheme, 0)
        defer { curl_free(scheme) }
        guard let scheme, ["http", "https"].contains(String(cString: scheme)) else {
            throw .badRequest("The URL's scheme is neither http nor https.")
        }
    }

    private func validate(_ field: HeaderField) throws(TransferError) {
        guard isToken(field.name) else {
            throw .badRequest("A header name is empty or has a character that names cannot have (RFC 9110, 5.1).")
        }
        guard !field.value.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else {
            throw .badRequest("The value of the header \(field.name) contains a line break or a NUL byte.")
        }
    }

    /// The body's framing is the transport's business: a header that contradicts it would be sent as it stands.
    private func validateFraming() throws(TransferError) {
        guard headers.values(named: "Transfer-Encoding").isEmpty else {
            throw .badRequest("Transfer-Encoding cannot be set; the body is sent with its length.")
        }
        let lengths = headers.values(named: "Content-Length")
        guard lengths.isEmpty || lengths == [String(body.count)] else {
            throw .badRequest("Content-Length is given and is not the body's length (\(body.count)); leave it out.")
        }
        guard headers.values(named: "Host").count <= 1 else {
            throw .badRequest("The header Host is given twice; a request has one (RFC 9112, 3.2).")
        }
    }
}

/// Whether the text is a token of RFC 9110, 5.6.2.
private func isToken(_ text: String) -> Bool {
    !text.isEmpty
        && text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"):
                true
            default:
                "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
        }
}
