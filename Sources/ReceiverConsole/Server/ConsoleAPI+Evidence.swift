import DeliveryEvidence
import FoundationEssentials
import Glibc
import HTTPTypes
import Hummingbird
import NIOCore

extension ConsoleAPI {
    private static let chunk = 256 << 10

    /// An endpoint's evidence as NDJSON: its file, or else what the journal has of it.
    func evidence(of id: String) async throws -> Response {
        var headers: HTTPFields = [.contentType: "application/x-ndjson"]
        headers[.contentDisposition] = "attachment; filename=\"\(id).ndjson\""
        if let path = try await registry.evidenceFile(of: id) {
            return Response(status: .ok, headers: headers, body: try Self.file(path))
        }
        guard let records = journal.evidence(of: id) else { throw EndpointError.unknown(id) }
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody { writer in
                let line = EvidenceLine()
                var buffer = ByteBuffer()
                for record in records {
                    buffer.writeBytes(try line.bytes(of: record))
                    guard buffer.readableBytes >= Self.chunk else { continue }
                    try await writer.write(buffer)
                    buffer.clear()
                }
                try await writer.write(buffer)
                try await writer.finish(nil)
            }
        )
    }

    /// The bytes of a file as they are when it is opened.
    ///
    /// Reading comes from the page cache, a portion at a time, which is why it may happen on the cooperative pool.
    private static func file(_ path: String) throws -> ResponseBody {
        let file = OpenFile(path)
        guard let file else {
            let reason = String(cString: strerror(errno))
            throw ConsoleRefusal(
                "The evidence file cannot be read: \(reason).",
                help: "It may have been moved; look where the console was told to write.",
                status: 500
            )
        }
        return ResponseBody { writer in
            var left = file.size
            while left > 0 {
                let bytes = file.read(min(left, Self.chunk))
                guard !bytes.isEmpty else { break }
                left -= bytes.count
                try await writer.write(ByteBuffer(bytes: bytes))
            }
            try await writer.finish(nil)
        }
    }

    /// A file that is open for reading until it is gone.
    private final class OpenFile: Sendable {
        private let descriptor: Int32
        let size: Int

        init?(_ path: String) {
            descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                size = 0
                return nil
            }
            size = max(Int(lseek(descriptor, 0, SEEK_END)), 0)
            lseek(descriptor, 0, SEEK_SET)
        }

        deinit {
            if descriptor >= 0 { close(descriptor) }
        }

        /// The next bytes, at most `count`; none at the end and after an error.
        func read(_ count: Int) -> [UInt8] {
            [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
                initialized = max(Glibc.read(descriptor, buffer.baseAddress, count), 0)
            }
        }
    }
}
