import DeliveryScenarios

/// What an answer over HTTP/2 has besides the bytes of its body.
enum StreamPart: Sendable, Equatable {
    /// HEADERS of the answer; with END_STREAM when it has no body.
    ///
    /// When it is followed by more that is sent at once, both go to the kernel together.
    case head([ReplyHeader], endsStream: Bool, isFollowed: Bool)
    /// HEADERS of an answer of 1xx, which is not counted to the answer.
    case interim([ReplyHeader])
    /// The last bytes of an answer behind which a fault comes.
    ///
    /// A client may go as soon as it has them, so that, when the fault follows at once, both go to the kernel together.
    case tail([UInt8], endsStream: Bool, isFollowed: Bool)
    /// The last bytes of an answer that is itself the fault: the receipt is made once they are out.
    case faultyEnd([UInt8], WireStep.FaultNote, keepsConnection: Bool)
    /// Bytes that are no frame.
    case garbage([UInt8])
}
