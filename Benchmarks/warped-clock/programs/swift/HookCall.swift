import Glibc

/// One POST of the event over a plain socket, which any thread may abandon.
///
/// Foundation stays out on purpose: URLSession on Linux spins while it waits for an answer, and a program that never
/// rests would measure something else.
struct HookCall: Sendable {
    private let socket: Int32

    /// Connects and sends the request, or returns nil when that fails.
    init?(url: HookURL) {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { return nil }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = url.port.bigEndian
        address.sin_addr.s_addr = inet_addr(url.host)
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0, Self.write(url.request, to: socket) else {
            Glibc.close(socket)
            return nil
        }
    }

    /// Waits for the status of the answer.
    ///
    /// Returns nil when the connection ended without an answer.
    func status() -> Int? {
        var answer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while !answer.contains(UInt8(ascii: "\n")) {
            let count = recv(socket, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            answer += chunk[..<count]
        }
        let words = String(decoding: answer, as: UTF8.self).split(separator: " ")
        return words.count > 1 ? Int(words[1]) : nil
    }

    /// Ends the connection, so that a thread inside `status()` returns.
    func abandon() {
        shutdown(socket, Int32(SHUT_RDWR))
    }

    /// Gives the socket back, once nobody can abandon the call any more.
    func close() {
        Glibc.close(socket)
    }

    private static func write(_ text: String, to socket: Int32) -> Bool {
        let bytes = Array(text.utf8)
        return send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }
}

/// The parts of `http://HOST:PORT/PATH` taken from the environment.
struct HookURL: Sendable {
    let host: String
    let port: UInt16
    let path: String

    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 2)
        guard parts.count > 1, parts[0] == "http:" else { return nil }
        let authority = parts[1].split(separator: ":")
        guard authority.count == 2, let port = UInt16(authority[1]) else { return nil }
        host = authority[0] == "localhost" ? "127.0.0.1" : String(authority[0])
        self.port = port
        path = "/" + (parts.count > 2 ? String(parts[2]) : "")
    }

    static var fromEnvironment: HookURL {
        guard let text = getenv("HOOK_URL").map({ String(cString: $0) }), let url = HookURL(text) else {
            fatalError("HOOK_URL must look like http://127.0.0.1:8080/hook")
        }
        return url
    }

    fileprivate var request: String {
        let body = #"{"id":"evt_1"}"#
        return "POST \(path) HTTP/1.1\r\nHost: \(host):\(port)\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n" + body
    }
}
