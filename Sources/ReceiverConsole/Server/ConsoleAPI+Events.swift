import HTTPTypes
import Hummingbird
import NIOCore
import Notation

extension ConsoleAPI {
    /// Entries that are written in one go; after each go the stream rests for ``rest``, so that a watcher of a receiver
    /// under load costs it little.
    private static let portion = 100
    private static let rest = Duration.milliseconds(100)
    /// Entries that may wait for a slow watcher.
    private static let waiting = 2000

    /// The stream of events (Server-Sent Events, WHATWG HTML section 9.2).
    ///
    /// It begins behind the event that `Last-Event-ID` or `since` names, as far as the journal goes back; else now.
    func events(_ request: Request) async throws -> Response {
        let since: Int?
        if let last = HTTPField.Name("Last-Event-ID").flatMap({ request.headers[$0] }) {
            guard let number = Int(last), number >= 0 else {
                throw ConsoleRefusal("`Last-Event-ID` must be the id of an event.", status: 400)
            }
            since = number
        } else if request.uri.queryParameters["since"] != nil {
            since = try number("since", of: request, in: 0...Int.max, usual: 0)
        } else {
            since = nil
        }
        let endpoint = request.uri.queryParameters["endpoint"].map { String($0) }
        if let endpoint { _ = try await registry.endpoint(endpoint) }
        let journal = journal
        let heartbeat = settings.heartbeat
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                try await request.body.consumeWithCancellationOnInboundClose { _ in
                    let (watcher, ending) = journal.watch(endpoint: endpoint, since: since, capacity: Self.waiting)
                    defer { ending.end() }
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask {
                            while true {
                                try await Task.sleep(for: heartbeat)
                                watcher.tick()
                            }
                        }
                        defer { group.cancelAll() }
                        try await Self.write(watcher, cursor: journal.cursor, to: &writer)
                    }
                }
                try await writer.finish(nil)
            }
        )
    }

    @concurrent
    private static func write(
        _ watcher: JournalSubscription,
        cursor: Int,
        to writer: inout any ResponseBodyWriter
    ) async throws {
        // Browsers ask again after so many milliseconds when the stream breaks.
        try await writer.write(ByteBuffer(string: "retry: 1000\nevent: hello\ndata: {\"cursor\":\(cursor)}\n\n"))
        while let first = await watcher.nextOrTick() {
            guard case .entry(let entry) = first else {
                try await writer.write(ByteBuffer(string: ": alive\n\n"))
                continue
            }
            var text = ""
            append(entry, to: &text)
            for _ in 1..<portion {
                guard let next = watcher.take() else { break }
                append(next, to: &text)
            }
            try await writer.write(ByteBuffer(string: text))
            try await Task.sleep(for: rest)
        }
    }

    /// JSON without spaces has no line breaks, so one `data` line holds it whatever is in it.
    private static func append(_ entry: JournalEntry, to text: inout String) {
        let (event, data) = entry.shown
        if entry.cursor > 0 { text += "id: \(entry.cursor)\n" }
        text += "event: \(event)\ndata: \(data.compact())\n\n"
    }
}
