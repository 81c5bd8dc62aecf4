import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
package import ServiceLifecycle

extension DispatcherAPI {
    /// A server of the API on 127.0.0.1; port 0 takes any that is free, and `onRunning` is told which.
    ///
    /// Hummingbird's own application keeps a text of the date that it renews every second, for as long as the process
    /// lives. This server writes the date when it answers, and an idle dispatcher has no timer but that of its next retry.
    package func server(
        port: Int,
        logger: Logger,
        onRunning: @escaping @Sendable (_ port: Int) -> Void
    ) throws -> any Service {
        let responder = router().buildResponder()
        return try HTTPServerBuilder.http1().buildServer(
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: port)),
            eventLoopGroup: EventLoopGroupProvider.singleton.eventLoopGroup,
            logger: logger,
            responder: { request, writer, channel in
                let source = ApplicationRequestContextSource(channel: channel, logger: logger)
                let context = BasicRequestContext(source: source)
                var response = try await responder.respond(to: request, context: context)
                response.headers[.date] = HTTPDate.text(of: Date())
                try await writer.write(response: response.head, body: response.body)
            },
            onServerRunning: { channel in onRunning(channel.localAddress?.port ?? port) }
        )
    }
}
