import DeliveryScenarios

/// The bytes of one answer as they go on the wire, head and body apart.
struct AnswerBytes: Sendable, Equatable {
    let status: Int
    let head: [UInt8]
    let body: [UInt8]
    /// How many bytes of the head the status line takes, line end included.
    let statusLineLength: Int
    /// Says that the answer announces that no further request is taken on its connection.
    let closesConnection: Bool

    /// Writes a scripted response to a request.
    ///
    /// `Content-Length` is added unless the script wrote one or a `Transfer-Encoding`. Answers with a status of 1xx, 204 or 304
    /// have neither body nor length, and a HEAD request gets the length only (RFC 9110 sections 8.6 and 9.3.2).
    ///
    /// - Parameter method: the request's method.
    init(_ response: Response, to method: String) {
        let bodiless = response.status < 200 || response.status == 204 || response.status == 304
        let names = response.headers.map { $0.name.lowercased() }
        let statusLine = "HTTP/1.1 \(response.status) \(ReasonPhrase.of(response.status))\r\n"
        var head = statusLine
        for header in response.headers { head += "\(header.name): \(header.value)\r\n" }
        if !bodiless, !names.contains("content-length"), !names.contains("transfer-encoding") {
            head += "Content-Length: \(response.body.utf8.count)\r\n"
        }
        head += "\r\n"
        status = response.status
        statusLineLength = statusLine.utf8.count
        self.head = Array(head.utf8)
        body = bodiless || method == "HEAD" ? [] : Array(response.body.utf8)
        closesConnection = response.headers.contains { header in
            header.name.lowercased() == "connection" && header.value.lowercased().contains("close")
        }
    }

    /// The answer in whose body a fault happens: a 200 with a length, so that a cut is a cut for every client.
    ///
    /// Without a length some TLS clients take the end of the connection for the end of the body and report success.
    static let cutShort = AnswerBytes(
        Response(
            status: 200,
            headers: [ReplyHeader(name: "Content-Type", value: "text/plain")],
            body: "This answer is cut in half on purpose by the script of its mock."
        ),
        to: "POST"
    )
}
