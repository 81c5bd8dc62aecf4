import DeliveryEvidence
import DeliveryScenarios

/// The bytes of one answer as they go on the wire, head and body apart.
struct AnswerBytes: Sendable, Equatable {
    let status: Int
    let head: [UInt8]
    let body: AnswerBody
    /// How many bytes of the head the status line takes, line end included.
    let statusLineLength: Int
    /// Where each header line begins in the head, and behind the last where the blank line does.
    let headerStarts: [Int]
    /// Says that the answer announces that no further request is taken on its connection.
    let closesConnection: Bool

    /// Writes a scripted response to a request.
    ///
    /// `Content-Length` is added unless the script wrote one or a `Transfer-Encoding`. Answers with a status of 1xx, 204 or 304
    /// have neither body nor length, and a HEAD request gets the length only (RFC 9110 sections 8.6 and 9.3.2).
    ///
    /// - Parameters:
    ///   - method: the request's method.
    ///   - isLast: adds `Connection: close` when the script wrote no such header.
    ///   - framing: how the end of the body is declared.
    init(_ response: Response, to method: String, isLast: Bool = false, framing: Framing = .length(nil)) {
        let bodiless = response.status < 200 || response.status == 204 || response.status == 304
        let whole = AnswerBody(response)
        var head = Array("HTTP/1.1 \(response.status) \(response.reason ?? ReasonPhrase.of(response.status))\r\n".utf8)
        status = response.status
        statusLineLength = head.count
        var starts: [Int] = []
        func line(_ name: String, _ value: String) {
            starts.append(head.count)
            head.append(contentsOf: name.utf8)
            head.append(contentsOf: ": ".utf8)
            head.append(contentsOf: value.utf8)
            head.append(contentsOf: "\r\n".utf8)
        }
        var declaresLength = bodiless
        var announcesEnd = false
        for header in response.headers {
            switch header.name.lowercased() {
            case "content-length", "transfer-encoding":
                guard framing.isScripted else { continue }
                declaresLength = true
            case "connection": announcesEnd = announcesEnd || header.value.lowercased().contains("close")
            default: break
            }
            line(header.name, header.value)
        }
        if let encoding = whole.encoding { line("Content-Encoding", encoding) }
        switch framing {
        case .length(let declared): if !declaresLength { line("Content-Length", "\(declared ?? whole.count)") }
        case .chunked: line("Transfer-Encoding", "chunked")
        case .wrongLength(let count): line("Content-Length", "\(count)")
        }
        if isLast, !announcesEnd { line("Connection", "close") }
        starts.append(head.count)
        head.append(contentsOf: "\r\n".utf8)
        self.head = head
        headerStarts = starts
        body = bodiless || method == "HEAD" ? .nothing : whole
        closesConnection = isLast || announcesEnd
    }

    /// How the end of the body is declared.
    enum Framing: Equatable {
        /// As the script wrote it, else by its length.
        case length(Int?)
        /// As chunks, whatever the script wrote.
        case chunked
        /// By this length, whatever the script wrote.
        case wrongLength(Int)

        fileprivate var isScripted: Bool {
            if case .length = self { true } else { false }
        }
    }

    /// All of it, for an answer that is sent in one go.
    var bytes: [UInt8] { head + body.bytes(0..<body.count) }

    /// How many bytes of the answer lie in front of a point of it; `nil` when the answer has no such point.
    func offset(of point: Fault.Point) -> Int? {
        switch point {
        case .accept, .handshake, .head, .requestBody, .request: 0
        case .statusLine: statusLineLength / 2
        case .header(let number):
            headerStarts.indices.contains(number) && number > 0 ? headerStarts[number] : nil
        case .insideHeader(let number):
            headerStarts.indices.contains(number) && number > 0
                ? (headerStarts[number - 1] + headerStarts[number]) / 2 : nil
        case .answerHead: head.count
        case .insideBody: body.count > 1 ? head.count + body.count / 2 : nil
        case .body(let count): count <= body.count ? head.count + count : nil
        case .answer(let count): count <= head.count + body.count ? count : nil
        case .end: head.count + body.count
        }
    }
}
