import CurlTransport
import DeliveryEvidence
import Foundation
import Glibc
import ProgramRunning
import Testing

/// `hookassay receive` while it runs, in a folder of its own.
struct ReceiverAtDesk: Sendable {
    /// The URLs of its endpoints, in the order they were opened.
    let urls: [String]
    let processID: Int32
    let folder: URL

    var url: String { urls[0] }

    var port: Int { URL(string: url)?.port ?? 0 }

    /// Runs `hookassay receive` in a folder with some files; `body` talks to it, and Ctrl-C ends it.
    ///
    /// Its evidence is kept in `evidence.ndjson`.
    ///
    /// - Parameters:
    ///   - endpoints: how many are to be waited for.
    ///   - endsItself: no Ctrl-C is sent.
    static func run(
        _ arguments: [String],
        hasPage: Bool = false,
        endpoints: Int = 1,
        endsItself: Bool = false,
        environment: [String: String] = [:],
        in folder: URL,
        _ body: @escaping @Sendable (ReceiverAtDesk) async throws -> Void
    ) async throws -> ProgramRun {
        // That of a run before would be taken for this one's.
        if folder.has("evidence.ndjson") {
            try FileManager.default.removeItem(at: folder.appending(path: "evidence.ndjson"))
        }
        return try await ProgramRun.of(
            "hookassay",
            ["receive"] + arguments + ["--out", "evidence.ndjson"] + (hasPage ? [] : ["--no-page"]),
            in: folder.path,
            environment: environment,
            limit: .seconds(900)
        ) { processID in
            let urls = try await urls(in: folder, count: endpoints)
            let receiver = ReceiverAtDesk(urls: urls, processID: processID, folder: folder)
            do {
                try await body(receiver)
            } catch {
                kill(processID, SIGINT)
                throw error
            }
            if !endsItself { kill(processID, SIGINT) }
        }
    }

    /// The URLs of the endpoints, as soon as so many are open.
    static func urls(in folder: URL, count: Int) async throws -> [String] {
        var urls: [String] = []
        try await comes("the receiver is open") {
            let text = (try? folder.text(of: "evidence.ndjson")) ?? ""
            urls = text.matches(of: /"type":"endpoint.opened","url":"([^"]+)"/).map { String($0.output.1) }
            return urls.count >= count
        }
        return urls
    }

    /// Asks until something is so; it is an error when it is not within two minutes.
    static func comes(_ what: String, _ condition: () throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(300)
        while try !condition() {
            guard ContinuousClock.now < deadline else { throw NeverCame(what: what) }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    struct NeverCame: Error {
        let what: String
    }

    /// Waits until the evidence has a text so many times.
    func awaitEvidence(_ text: String, count: Int = 1) async throws {
        try await Self.comes("'\(text)' in the evidence") {
            try folder.text(of: "evidence.ndjson").ranges(of: text).count >= count
        }
    }

    /// Sends a webhook and gives the status it got.
    @discardableResult
    func send(
        _ body: String = #"{"type": "order.placed", "id": "evt_1"}"#,
        _ headers: [(String, String)] = [("Webhook-Id", "evt_1")],
        to url: String? = nil,
        trusting authority: String? = nil
    ) async throws -> Int {
        let transport = try CurlTransport()
        var request = TransferRequest(
            method: "POST",
            url: url ?? self.url,
            headers: [HeaderField("Content-Type", "application/json")] + headers.map { HeaderField($0.0, $0.1) },
            body: Array(body.utf8),
            totalLimit: .seconds(300)
        )
        request.trustStore = authority
        let outcome: Result<Int, any Error>
        do {
            outcome = .success(try await transport.send(request).status)
        } catch {
            outcome = .failure(error)
        }
        await transport.shutDown()
        return try outcome.get()
    }

    /// Sends bytes over a connection of their own and gives what comes back until its end.
    @discardableResult
    func sendRaw(_ bytes: [UInt8]) async throws -> String {
        let socket = try RawConnection(port: port)
        try socket.send(bytes)
        return try await socket.rest()
    }

    /// What was received, when every line of the evidence is sound.
    static func history(in folder: URL) throws -> ScenarioHistory {
        let run = try EvidenceReader.read(path: folder.appending(path: "evidence.ndjson").path)
        #expect(run.notes == [])
        #expect(run.closed != nil)
        return try #require(run.histories.first)
    }
}

/// A TCP connection to a port of 127.0.0.1.
final class RawConnection {
    private let descriptor: Int32

    struct Failure: Error {
        let what: String
        let code: Int32
    }

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let descriptor = descriptor
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result != 0 { throw Failure(what: "connect", code: errno) }
    }

    deinit {
        close(descriptor)
    }

    func send(_ bytes: [UInt8]) throws {
        let count = bytes.withUnsafeBytes {
            Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        if count != bytes.count { throw Failure(what: "send", code: errno) }
    }

    /// Ends with RST.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// What comes until the other side ends the connection.
    func rest() async throws -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        let deadline = ContinuousClock.now + .seconds(300)
        while ContinuousClock.now < deadline {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            if count > 0 {
                bytes += buffer.prefix(count)
            } else if errno == EAGAIN {
                try await Task.sleep(for: .milliseconds(5))
            } else {
                throw Failure(what: "recv", code: errno)
            }
        }
        throw Failure(what: "the connection never ended", code: 0)
    }
}
