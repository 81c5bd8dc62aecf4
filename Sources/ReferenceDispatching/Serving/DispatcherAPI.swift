import HTTPTypes
package import Hummingbird
import Logging
import NIOCore
import Notation
import WebhookSigning

/// The dispatcher's HTTP API.
package struct DispatcherAPI: Sendable {
    /// How large the body of a request may be: the largest payload and room for what is around it.
    static let largestRequest = Dispatcher.largestPayload + 64 * 1024
    /// How large a registration may be.
    static let largestRegistration = 64 * 1024

    let dispatcher: Dispatcher

    /// Makes the API of a dispatcher.
    package init(_ dispatcher: Dispatcher) {
        self.dispatcher = dispatcher
    }

    /// The routes.
    package func router() -> Router<BasicRequestContext> {
        let router = Router()
        let dispatcher = dispatcher
        router.get("health") { _, _ in Self.json(.members(["state": .string("ready")])) }
        router.get("metrics") { _, _ in try await self.answer { try await self.metrics() } }
        router.post("endpoints") { request, _ in
            try await self.answer {
                let body = try await Self.body(of: request, upTo: Self.largestRegistration)
                let endpoint = try await dispatcher.register(Endpoint(body: body))
                return Self.json(Self.state(of: endpoint), status: .created)
            }
        }
        router.get("endpoints/:id") { _, context in
            try await self.answer { Self.json(try await dispatcher.endpoint(try Self.id(context)).shown) }
        }
        router.post("endpoints/:id/enable") { _, context in
            try await self.answer { Self.json(Self.state(of: try await dispatcher.enable(try Self.id(context)))) }
        }
        router.post("endpoints/:id/disable") { _, context in
            try await self.answer { Self.json(Self.state(of: try await dispatcher.disable(try Self.id(context)))) }
        }
        router.post("endpoints/:id/rotate") { request, context in
            try await self.answer {
                let body = try await Self.body(of: request, upTo: Self.largestRegistration)
                let secret = try SigningKey(body: body)
                return Self.json(Self.state(of: try await dispatcher.rotate(try Self.id(context), to: secret)))
            }
        }
        router.post("endpoints/:id/test") { _, context in
            try await self.answer { Self.json(try await dispatcher.test(try Self.id(context))) }
        }
        router.delete("endpoints/:id") { _, context in
            try await self.answer {
                try await dispatcher.delete(try Self.id(context))
                return Response(status: .noContent)
            }
        }
        router.post("events") { request, _ in
            try await self.answer {
                let submission = try EventSubmission(
                    body: try await Self.body(of: request, upTo: Self.largestRequest)
                )
                return Self.json(try await dispatcher.accept(submission).shown, status: .accepted)
            }
        }
        router.get("deliveries") { _, _ in self.deliveryLog() }
        router.post("deliveries/:id/redeliver") { _, context in
            try await self.answer {
                try await dispatcher.redeliver(try Self.id(context))
                return Self.json(.members(["state": .string("pending")]), status: .accepted)
            }
        }
        return router
    }

    /// Turns a refusal into its answer, and anything unforeseen into a plain 500 whose cause only the log has.
    private func answer(_ work: () async throws -> Response) async throws -> Response {
        do {
            return try await work()
        } catch let refusal as RequestRefusal {
            let status = HTTPResponse.Status(code: refusal.status)
            return Self.json(.members(["error": .string(refusal.message)]), status: status)
        } catch {
            dispatcher.logger.error("A request could not be answered: \(error)")
            let message = "the dispatcher could not do it; its log says why"
            return Self.json(.members(["error": .string(message)]), status: .internalServerError)
        }
    }

    private func metrics() async throws -> Response {
        let lines = try await dispatcher.store.counts().map { name, label, count in
            "dispatcher_\(name)\(label.map { "{state=\"\($0)\"}" } ?? "") \(count)\n"
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/plain; version=0.0.4"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: lines.joined()))
        )
    }

    private static func state(of endpoint: Endpoint) -> JSONValue {
        .members(["id": .string(endpoint.id), "state": .string(endpoint.status.rawValue)])
    }

    private static func id(_ context: BasicRequestContext) throws -> String {
        try context.parameters.require("id")
    }

    private static func body(of request: Request, upTo limit: Int) async throws -> [UInt8] {
        do {
            return Array(buffer: try await request.body.collect(upTo: limit))
        } catch is NIOTooManyBytesError {
            throw RequestRefusal("the body is larger than \(limit) bytes", status: 413)
        }
    }

    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: value.compact()))
        )
    }
}
