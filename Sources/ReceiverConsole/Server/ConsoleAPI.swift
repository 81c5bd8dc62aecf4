import FoundationEssentials
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Notation

/// The console's HTTP API and page.
struct ConsoleAPI: Sendable {
    let registry: EndpointRegistry
    let settings: ConsoleSettings
    let replayer: Replayer
    let logger: Logger
    let guardian: CallGuard

    var journal: LiveJournal { registry.journal }

    init(registry: EndpointRegistry, settings: ConsoleSettings, replayer: Replayer, logger: Logger) {
        self.registry = registry
        self.settings = settings
        self.replayer = replayer
        self.logger = logger
        guardian = CallGuard(settings)
    }

    /// Everything that can be called.
    func router() -> Router<BasicRequestContext> {
        let router = Router()
        addEndpoints(to: router)
        addRequests(to: router)
        addPage(to: router)
        router.get("events") { request, _ in try await self.answer { try await self.events(request) } }
        router.get("openapi.json") { _, _ in
            Self.text(OpenAPIDescription.text, type: "application/json")
        }
        router.get("api/ca.pem") { _, _ in
            Self.text(registry.caPEM, type: "application/x-pem-file")
        }
        return router
    }

    /// Turns a refusal into its answer, and anything unforeseen into a plain 500 whose cause only the log has.
    func answer(_ work: () async throws -> Response) async throws -> Response {
        do {
            return try await work()
        } catch let refusal as ConsoleRefusal {
            return Self.json(refusal.body, status: refusal.status)
        } catch let error as EndpointError {
            let refusal = ConsoleRefusal(error)
            return Self.json(refusal.body, status: refusal.status)
        } catch let error as CancellationError {
            throw error
        } catch {
            logger.error("A call could not be answered: \(error)")
            let refusal = ConsoleRefusal("The console could not do it.", help: "Its log says why.", status: 500)
            return Self.json(refusal.body, status: refusal.status)
        }
    }

    /// The body of a call.
    func body(of request: Request) async throws -> [UInt8] {
        do {
            return Array(buffer: try await request.body.collect(upTo: settings.bodyLimit))
        } catch is NIOTooManyBytesError {
            throw ConsoleRefusal("The body is larger than \(settings.bodyLimit) bytes.", status: 413)
        }
    }

    /// The id of the endpoint a call is about, which is open.
    func id(_ context: BasicRequestContext) async throws -> String {
        let id = try context.parameters.require("id")
        _ = try await registry.endpoint(id)
        return id
    }

    /// The number of the request a call is about.
    func number(_ context: BasicRequestContext) throws -> Int {
        let text = try context.parameters.require("n")
        guard let number = Int(text), number >= 1 else {
            throw ConsoleRefusal(
                "'\(VisibleText.of(text, atMost: 40))' is not the number of a request.",
                help: "Requests are counted from 1.",
                status: 404
            )
        }
        return number
    }

    /// A number in the query of a call.
    func number(_ name: String, of request: Request, in range: ClosedRange<Int>, usual: Int) throws -> Int {
        guard let text = request.uri.queryParameters[Substring(name)] else { return usual }
        guard let number = Int(text), range.contains(number) else {
            throw ConsoleRefusal(
                "`\(name)` must be a whole number from \(range.lowerBound) to \(range.upperBound).",
                status: 400
            )
        }
        return number
    }

    static func json(_ value: JSONValue, status: Int = 200) -> Response {
        text(value.compact() + "\n", type: "application/json", status: status)
    }

    static func text(_ text: String, type: String, status: Int = 200) -> Response {
        Response(
            status: HTTPResponse.Status(code: status),
            headers: [.contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}
