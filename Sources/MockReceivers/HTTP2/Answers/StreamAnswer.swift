import DeliveryScenarios

/// One answer as HTTP/2 carries it: a list of headers and a body.
struct StreamAnswer: Sendable, Equatable {
    let status: Int
    /// `:status` first; names in lower case.
    let headers: [ReplyHeader]
    let body: AnswerBody
    /// Says that the script announces the end of the connection, which HTTP/2 does by GOAWAY.
    let closesConnection: Bool

    /// How the length of the body is declared.
    enum Length: Equatable {
        /// As the script wrote it, else by its length.
        case usual
        /// Not at all.
        case none
        /// By this length, whatever the script wrote.
        case wrong(Int)
    }

    /// Puts a scripted response into the words of HTTP/2.
    ///
    /// HTTP/2 has no reason phrase, and headers about the connection are not allowed in it (RFC 9113 section 8.2.2).
    /// What the script has of them is left out, except that `Connection: close` becomes a GOAWAY behind the answer.
    ///
    /// - Parameter method: the request's method.
    init(_ response: Response, to method: String, length: Length = .usual) {
        let bodiless = response.status < 200 || response.status == 204 || response.status == 304
        let whole = AnswerBody(response)
        var lines = [ReplyHeader(name: ":status", value: "\(response.status)")]
        var declaresLength = bodiless || length == .none
        var closes = false
        for header in response.headers {
            let name = header.name.lowercased()
            if name == "connection" { closes = closes || header.value.lowercased().contains("close") }
            guard !RequestRules.connectionHeaders.contains(name) else { continue }
            if name == "content-length" {
                guard length == .usual else { continue }
                declaresLength = true
            }
            lines.append(ReplyHeader(name: name, value: header.value))
        }
        if let encoding = whole.encoding { lines.append(ReplyHeader(name: "content-encoding", value: encoding)) }
        switch length {
        case .wrong(let count): lines.append(ReplyHeader(name: "content-length", value: "\(count)"))
        default: if !declaresLength { lines.append(ReplyHeader(name: "content-length", value: "\(whole.count)")) }
        }
        status = response.status
        headers = lines
        body = bodiless || method == "HEAD" ? .nothing : whole
        closesConnection = closes
    }

    /// The headers of an answer of 1xx.
    static func headers(of interim: InterimResponse) -> [ReplyHeader] {
        let kept = interim.headers.filter { !RequestRules.connectionHeaders.contains($0.name.lowercased()) }
        return [ReplyHeader(name: ":status", value: "\(interim.status)")]
            + kept.map { ReplyHeader(name: $0.name.lowercased(), value: $0.value) }
    }

    /// How many bytes of the body lie in front of a point; `nil` when the answer has no such point.
    func bodyOffset(of point: Fault.Point) -> Int? {
        switch point {
        case .answerHead: 0
        case .insideBody: body.count > 1 ? body.count / 2 : nil
        case .body(let count): count <= body.count ? count : nil
        case .end: body.count
        default: nil
        }
    }
}
