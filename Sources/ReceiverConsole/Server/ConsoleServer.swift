import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
package import ServiceLifecycle

/// The server of a console: the control API, the stream of events and the live page.
package struct ConsoleServer: Sendable {
    private let registry: EndpointRegistry
    private let settings: ConsoleSettings
    private let logger: Logger
    private let replayer = Replayer()

    /// Makes a server for the endpoints of a registry; it listens once its ``service(onRunning:)`` runs.
    package init(
        registry: EndpointRegistry,
        settings: ConsoleSettings = ConsoleSettings(),
        logger: Logger = ConsoleServer.quietLogger
    ) {
        self.registry = registry
        self.settings = settings
        self.logger = logger
    }

    /// A logger that says on standard error what must not be missed.
    ///
    /// The server logs as an error that it was cancelled, which is how every console ends.
    package static var quietLogger: Logger {
        var logger = Logger(label: "console", factory: StreamLogHandler.standardError(label:))
        logger.logLevel = .critical
        return logger
    }

    /// The server as a service; `onRunning` is told the port.
    ///
    /// Call ``shutDown()`` when it has ended.
    ///
    /// Hummingbird's own application keeps a text of the date that it renews every second; this server has no timer while
    /// nobody calls.
    package func service(onRunning: @escaping @Sendable (_ port: Int) -> Void) throws -> any Service {
        let api = ConsoleAPI(registry: registry, settings: settings, replayer: replayer, logger: logger)
        let responder = api.router().buildResponder()
        let logger = logger
        let port = settings.port
        return try HTTPServerBuilder.http1().buildServer(
            configuration: ServerConfiguration(address: .hostname(settings.host, port: port)),
            eventLoopGroup: EventLoopGroupProvider.singleton.eventLoopGroup,
            logger: logger,
            responder: { request, writer, channel in
                var response = await Self.respond(to: request, api: api) {
                    let source = ApplicationRequestContextSource(channel: channel, logger: logger)
                    return try await responder.respond(to: request, context: BasicRequestContext(source: source))
                }
                Self.protect(&response)
                try await writer.write(response: response.head, body: response.body)
            },
            onServerRunning: { channel in onRunning(channel.localAddress?.port ?? port) }
        )
    }

    /// Gives up replays that are on their way.
    package func shutDown() async { await replayer.shutDown() }

    private static func respond(
        to request: Request,
        api: ConsoleAPI,
        _ next: () async throws -> Response
    ) async -> Response {
        let refusal = api.guardian.refusal(
            method: request.method.rawValue,
            host: request.head.authority,
            origin: request.headers[.origin],
            site: HTTPField.Name("Sec-Fetch-Site").flatMap { request.headers[$0] },
            contentType: request.headers[.contentType]
        )
        if let refusal { return ConsoleAPI.json(refusal.body, status: refusal.status) }
        do {
            let response = try await next()
            // What no route takes comes back as a bare 404.
            guard response.status == .notFound, response.body.contentLength == 0 else { return response }
            let refusal = ConsoleRefusal(
                "There is nothing at this path for this method.",
                help: "GET /openapi.json describes what there is.",
                status: 404
            )
            return ConsoleAPI.json(refusal.body, status: refusal.status)
        } catch let error as HTTPError {
            let refusal = ConsoleRefusal("The call cannot be read.", status: error.status.code)
            return ConsoleAPI.json(refusal.body, status: refusal.status)
        } catch {
            let refusal = ConsoleRefusal("The console is shutting down.", status: 503)
            return ConsoleAPI.json(refusal.body, status: refusal.status)
        }
    }

    /// Headers by which a browser keeps hostile content and other origins out.
    private static let protections: [(String, String)] = [
        (
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'none';"
                + " base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
        ),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    ]

    private static func protect(_ response: inout Response) {
        for (name, value) in protections {
            guard let name = HTTPField.Name(name) else { continue }
            response.headers[name] = value
        }
    }
}

/// Why a console could not be started.
package struct ConsoleError: Error, Sendable, CustomStringConvertible {
    /// One sentence with the way out.
    package let description: String
}

/// Runs `body` while a console serves, and ends it again.
///
/// - Parameters:
///   - body: is told the port.
/// - Throws: a ``ConsoleError`` when the port cannot be listened on, or what `body` throws.
package func withConsoleServer<Outcome: Sendable>(
    registry: EndpointRegistry,
    settings: ConsoleSettings = ConsoleSettings(),
    logger: Logger = ConsoleServer.quietLogger,
    body: (_ port: Int) async throws -> Outcome
) async throws -> Outcome {
    let (ports, entry) = AsyncStream.makeStream(of: Int.self)
    let server = ConsoleServer(registry: registry, settings: settings, logger: logger)
    let service = try server.service { entry.yield($0) }
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { entry.finish() }
            try await service.run()
        }
        var first = ports.makeAsyncIterator()
        guard let port = await first.next() else {
            try Task.checkCancellation()
            do {
                try await group.waitForAll()
            } catch {
                throw ConsoleError(
                    description: "The console cannot listen on \(settings.host), port \(settings.port): \(error);"
                        + " choose another port, or 0 for any."
                )
            }
            throw CancellationError()
        }
        let outcome: Result<Outcome, any Error>
        do {
            outcome = .success(try await body(port))
        } catch {
            outcome = .failure(error)
        }
        await server.shutDown()
        group.cancelAll()
        return try outcome.get()
    }
}
