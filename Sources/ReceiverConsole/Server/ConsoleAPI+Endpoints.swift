import DeliveryEvidence
import DeliveryScenarios
import Hummingbird
import Notation

extension ConsoleAPI {
    func addEndpoints(to router: Router<BasicRequestContext>) {
        router.get("api/endpoints") { _, _ in
            try await self.answer {
                // The count first: what happens meanwhile comes with the events that are asked for from there.
                let cursor = journal.cursor
                let endpoints = await registry.endpoints
                return Self.json(
                    .fields([
                        "endpoints": .array(endpoints.map { $0.shown(journal) }),
                        "cursor": .count(cursor),
                    ])
                )
            }
        }
        router.post("api/endpoints") { request, _ in
            try await self.answer {
                let order = try self.order(from: try await self.body(of: request))
                let state = try await registry.open(order)
                return Self.json(state.shown(journal), status: 201)
            }
        }
        router.get("api/endpoints/:id") { _, context in
            try await self.answer {
                Self.json(try await registry.endpoint(try await self.id(context)).shown(journal))
            }
        }
        router.delete("api/endpoints/:id") { _, context in
            try await self.answer {
                let id = try await self.id(context)
                try await registry.close(id)
                return Self.json(.fields(["deleted": .string(id)]))
            }
        }
        router.put("api/endpoints/:id/script") { request, context in
            try await self.answer {
                let id = try await self.id(context)
                var fields = try CallFields(body: try await self.body(of: request))
                let source = try self.source(&fields)
                try fields.finish()
                guard let source else {
                    throw ConsoleRefusal(
                        "A script is missing.",
                        help: "Give `script`, such as \"500, 500, 200\", or `yaml`, the text of a script file."
                    )
                }
                do {
                    try await registry.play(source, at: id, origin: "the control API")
                } catch let list as DiagnosticList {
                    let redactor = try await registry.redactor(of: id)
                    throw ConsoleRefusal(list) { redactor.redacted($0) }
                }
                return Self.json(try await registry.endpoint(id).shown(journal))
            }
        }
    }

    /// Reads what endpoint a call wants.
    private func order(from body: [UInt8]) throws -> EndpointOrder {
        var fields = try CallFields(body: body)
        let name = try fields.text("name") ?? ""
        let source = try source(&fields) ?? .line("200")
        let isSecure = try fields.bool("tls")
        let offersHTTP2 = try fields.bool("http2")
        let path = try fields.text("path")
        let port = try fields.int("port", in: 0...65535) ?? 0
        let wantsFile = try fields.bool("evidence") ?? false
        let keys = try keys(&fields)
        try fields.finish()
        guard name.utf8.count <= 200 else { throw ConsoleRefusal("`name` has more than 200 bytes.") }
        if let path, !Self.isPath(path) {
            throw ConsoleRefusal("`path` must begin with `/` and have no blanks; write it percent-encoded.")
        }
        var endpoint: ScenarioEndpoint
        do {
            endpoint = try source.endpoint()
            if case .line = source { endpoint.target = "/" }
            endpoint.target = path ?? endpoint.target
            endpoint.offersHTTP2 = offersHTTP2 ?? endpoint.offersHTTP2
            // A file that says nothing about TLS means a scenario's endpoint, which has it; an endpoint here has not.
            if let isSecure {
                endpoint.identity = isSecure ? .trusted : .plain
            } else if endpoint.identity == .trusted {
                endpoint.identity = .plain
            }
            endpoint.script = try source.read(for: endpoint)
        } catch {
            throw ConsoleRefusal(error) { $0 }
        }
        if let keys {
            endpoint.script.keys = keys
        } else if endpoint.script.keys.isEmpty {
            endpoint.script.keys = registry.settings.keys
        }
        var order = EndpointOrder(name: name, endpoint: endpoint, port: port, source: source)
        if wantsFile {
            guard let folder = registry.settings.evidenceFolder else {
                throw ConsoleRefusal(
                    "This console writes no evidence files.",
                    help: "Start it with a folder for them, or download what its memory has: GET …/evidence."
                )
            }
            let id = EndpointID.drawn()
            order.id = id
            order.evidencePath = "\(folder)/\(id).ndjson"
        }
        return order
    }

    private func source(_ fields: inout CallFields) throws -> ScriptSource? {
        let line = try fields.text("script")
        let yaml = try fields.text("yaml")
        guard line == nil || yaml == nil else {
            throw ConsoleRefusal("`script` and `yaml` exclude each other.", help: "Give one of them.")
        }
        return line.map { .line($0) } ?? yaml.map { .yaml($0) }
    }

    /// Reads `"key": {"header": "Webhook-Id"}` or `{"body": ["/id"]}`; an empty object counts all requests together.
    private func keys(_ fields: inout CallFields) throws -> [DeliveryKeySource]? {
        guard var key = try fields.object("key") else { return nil }
        let header = try key.text("header")
        let pointers = try key.texts("body")
        try key.finish()
        var sources: [DeliveryKeySource] = []
        if let header {
            guard header.isHeaderName else { throw ConsoleRefusal("`key.header` is not the name of a header.") }
            sources.append(.header(header))
        }
        if let pointers, !pointers.isEmpty {
            do {
                sources.append(.fields(try pointers.map { try JSONPointer($0) }))
            } catch let error as NotationError {
                throw ConsoleRefusal("`key.body`: \(VisibleText.of(error.message, atMost: 200)).", help: error.help)
            }
        }
        return sources
    }

    private static func isPath(_ text: String) -> Bool {
        text.hasPrefix("/") && text.utf8.count <= 1000
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }
    }
}
