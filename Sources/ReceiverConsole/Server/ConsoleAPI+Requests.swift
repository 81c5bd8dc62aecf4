import DeliveryEvidence
import Hummingbird
import Notation

extension ConsoleAPI {
    func addRequests(to router: Router<BasicRequestContext>) {
        router.get("api/endpoints/:id/requests") { request, context in
            try await self.answer { try await self.list(request, try await self.id(context)) }
        }
        router.get("api/endpoints/:id/requests/:n") { request, context in
            try await self.answer {
                let id = try await self.id(context)
                let wait = try self.wait(request)
                return Self.json(try await self.request(try self.number(context), of: id, wait: wait).detail)
            }
        }
        router.get("api/endpoints/:id/requests/:n/curl") { _, context in
            try await self.answer {
                let id = try await self.id(context)
                let request = try Self.whole(try await self.request(try self.number(context), of: id, wait: nil))
                let endpoint = try await registry.endpoint(id)
                let command = CurlCommand(request.shown, origin: endpoint.origin)
                return Self.json(
                    .fields([
                        "command": .string(command.text),
                        "notes": .array(command.notes.map { .string($0) }),
                    ])
                )
            }
        }
        router.post("api/endpoints/:id/requests/:n/replay") { request, context in
            try await self.answer {
                let id = try await self.id(context)
                var fields = try CallFields(body: try await self.body(of: request))
                let url = try fields.text("url")
                try fields.finish()
                let recorded = try Self.whole(try await self.request(try self.number(context), of: id, wait: nil))
                let endpoint = try await registry.endpoint(id)
                return Self.json(try await replayer.replay(recorded.arrived, origin: endpoint.origin, url: url))
            }
        }
        router.post("api/endpoints/:id/verify") { request, context in
            try await self.answer {
                let id = try await self.id(context)
                let question = try RequestQuestion(fields: try CallFields(body: try await self.body(of: request)))
                guard let page = journal.requests(of: id) else { throw EndpointError.unknown(id) }
                return Self.json(question.finding(in: page))
            }
        }
        router.get("api/endpoints/:id/failures") { _, context in
            try await self.answer {
                let id = try await self.id(context)
                guard let (entries, dropped) = journal.failures(of: id) else { throw EndpointError.unknown(id) }
                let shown = entries.map { entry in
                    let (event, data) = entry.shown
                    return JSONValue.object([JSONMember(name: "kind", value: .string(event))] + (data.members ?? []))
                }
                return Self.json(.fields(["failures": .array(shown), "dropped": .count(dropped)]))
            }
        }
        router.get("api/endpoints/:id/evidence") { _, context in
            try await self.answer { try await self.evidence(of: try await self.id(context)) }
        }
    }

    /// The request with that number, waited for if asked.
    private func request(_ number: Int, of id: String, wait: Duration?) async throws -> JournalRequest {
        let lookup =
            if let wait {
                await journal.wait(endpoint: id, forRequest: number, timeout: wait)
            } else {
                journal.request(number, of: id)
            }
        switch lookup {
        case .found(let request): return request
        case .noEndpoint: throw EndpointError.unknown(id)
        case .dropped(let first):
            throw ConsoleRefusal(
                "Request \(number) is no longer kept.",
                help: "The first one that is kept has number \(first); the journal is bounded.",
                status: 410
            )
        case .notYet(let arrived):
            let have = arrived == 1 ? "1 has" : "\(arrived) have"
            guard let wait else {
                throw ConsoleRefusal(
                    "Request \(number) has not arrived; \(have) so far.",
                    help: "Add `?wait=30s` to wait for it.",
                    status: 404
                )
            }
            throw ConsoleRefusal(
                "Request \(number) did not arrive within \(DurationNotation.text(wait)); \(have) so far.",
                help: "Wait longer, or look why it was not sent.",
                status: 408
            )
        }
    }

    private func wait(_ request: Request) throws -> Duration? {
        guard let text = request.uri.queryParameters["wait"] else { return nil }
        do {
            return min(try DurationNotation.parse(String(text)), settings.longestWait)
        } catch {
            throw ConsoleRefusal(
                "`wait`: \(VisibleText.of(error.message, atMost: 200)).",
                help: error.help ?? "Write it with a unit, such as `30s`.",
                status: 400
            )
        }
    }

    private func list(_ request: Request, _ id: String) async throws -> Response {
        let since = try number("since", of: request, in: 0...Int.max, usual: 0)
        let limit = try number("limit", of: request, in: 1...1000, usual: 100)
        guard let page = journal.requests(of: id, since: since, limit: limit) else { throw EndpointError.unknown(id) }
        return Self.json(
            .fields([
                "requests": .array(page.requests.map(\.summary)),
                "arrived": .count(page.arrived),
                "dropped": .count(page.dropped),
                "next": .count(page.requests.last?.number ?? since),
            ])
        )
    }

    /// The request, of which the journal must have every byte.
    private static func whole(_ request: JournalRequest) throws -> JournalRequest {
        guard request.isBodyCut else { return request }
        throw ConsoleRefusal(
            "The body of request \(request.number) has \(request.bodySize) bytes, and only the first"
                + " \(request.arrived.body.bytes.count) are kept here.",
            help: "Open the endpoint with `evidence: true` and take the request from its evidence.",
            status: 409
        )
    }
}

extension EndpointState {
    /// The URL up to the path.
    var origin: String {
        guard let scheme = url.firstIndex(of: "/"), let host = url[scheme...].firstIndex(where: { $0 != "/" }) else {
            return url
        }
        return String(url[..<(url[host...].firstIndex(of: "/") ?? url.endIndex)])
    }
}
