import CurlTransport
import DeliveryScenarios

/// The request that victims send, in the parts that a point of the exchange asks for.
enum ProofRequest {
    static let bodyLength = 300

    /// The head of a POST over HTTP/1.1 after which the connection is not kept.
    static func head(length: Int = bodyLength) -> [UInt8] {
        Array(
            """
            POST /hooks HTTP/1.1\r
            Host: 127.0.0.1\r
            User-Agent: hookassay-doctor\r
            Content-Type: application/json\r
            Content-Length: \(length)\r
            Connection: close\r
            \r

            """.utf8
        )
    }

    /// A body of JSON.
    static func body(length: Int = bodyLength) -> [UInt8] {
        let frame = ["{\"padding\":\"", "\"}"].map { Array($0.utf8) }
        let padding = max(0, length - frame[0].count - frame[1].count)
        return frame[0] + [UInt8](repeating: UInt8(ascii: "x"), count: padding) + frame[1]
    }

    /// A whole request.
    static func whole(length: Int = bodyLength) -> [UInt8] { head(length: length) + body(length: length) }

    /// What is sent so that a fault at `point` can be told from one that comes too early: up to the byte before the point,
    /// then that byte, and nothing behind it.
    static func parts(for point: Fault.Point) -> [[UInt8]] {
        let body = body()
        return switch point {
        case .accept, .handshake: []
        case .head: [head().dropLast(), head().suffix(1)].map(Array.init)
        case .requestBody(let count): [head() + body.prefix(count - 1), Array(body[(count - 1)..<count])]
        case .request: [head() + body.dropLast(), body.suffix(1)].map(Array.init)
        case .statusLine, .header, .insideHeader, .answerHead, .insideBody, .body, .answer, .end: [head() + body]
        }
    }

    /// The same over HTTP/2.
    static func frames(for point: Fault.Point, isTLS: Bool) -> [[UInt8]] {
        let body = body()
        let opening = HTTP2Request.opening(length: body.count, isTLS: isTLS)
        let last = HTTP2Request.body(Array(body.suffix(1)), isLast: true)
        return switch point {
        case .accept, .handshake: []
        case .head: [opening]
        case .requestBody(let count):
            [
                opening + HTTP2Request.body(Array(body.prefix(count - 1)), isLast: false),
                HTTP2Request.body(Array(body[(count - 1)..<count]), isLast: false),
            ]
        case .request: [opening + HTTP2Request.body(Array(body.dropLast()), isLast: false), last]
        case .statusLine, .header, .insideHeader, .answerHead, .insideBody, .body, .answer, .end:
            [opening + HTTP2Request.body(Array(body.dropLast()), isLast: false) + last]
        }
    }
}

extension ProofTransport {
    /// How a victim of this transport carries its bytes.
    func carriage(verifies: Bool = true) -> VictimMove.Carriage {
        switch self {
        case .plain, .http2Plain: .bare
        case .tls: .tls(verifies: verifies, protocols: ["http/1.1"])
        case .http2: .tls(verifies: verifies, protocols: ["h2"])
        }
    }

    /// How it makes libcurl speak.
    var curlVersion: HTTPVersion {
        switch self {
        case .plain, .tls: .http1
        case .http2: .http2
        case .http2Plain: .http2WithoutAsking
        }
    }
}

extension Reply {
    /// The reply in a few words without the word that says it is a fault.
    var shortSummary: String {
        let words = summary
        return words.hasPrefix("fault ") ? String(words.dropFirst("fault ".count)) : words
    }
}
