import NIOCore
import NIOHTTP1

/// Hands what the HTTP decoder reads to the intake; the end of the pipeline.
final class RequestReader: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart

    private let intake: RequestIntake

    init(_ intake: RequestIntake) {
        self.intake = intake
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): intake.headDecoded(head)
        case .body(let part): intake.bodyDecoded(part)
        case .end: intake.endDecoded()
        }
    }

    /// Whatever else goes wrong on a connection ends it, and its end is recorded where it is seen: in the wire tap.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case let error as HTTPParserError: intake.decodingFailed("\(error)")
        case let error as NIOHTTPDecoderError: intake.decodingFailed("\(error)")
        default: break
        }
    }
}
