import ContractJudging
import DeliveryEvidence
import Notation
import WebhookContracts

/// The body of a request in a few words.
struct BodySummary {
    /// Its size in bytes, as far as it came.
    let size: Int
    let isWhole: Bool
    /// As the request states it.
    let contentType: String?
    let eventType: String?
    let eventID: String?
    /// How it begins, safe to show.
    let beginning: String

    /// Larger bodies, in bytes, are not searched for their type and id.
    private static let largestParsed = 256 * 1024
    /// Of how many bytes the beginning is shown at most.
    private static let shownBytes = 600

    /// Where events commonly say what they are, when no contract says where.
    private static let likelyTypes = ["type", "event", "event_type", "eventType", "topic"]
    private static let likelyIDs = ["id", "event_id", "eventId"]

    init(of arrived: AttemptArrived, contract: Contract?) {
        let bytes = arrived.body.bytes
        size = bytes.count
        isWhole = arrived.bodyEnd != nil
        contentType = arrived.values(of: "Content-Type").first
        beginning = ShownText.of(bytes.prefix(Self.shownBytes)) + (bytes.count > Self.shownBytes ? "…" : "")
        guard bytes.count <= Self.largestParsed else {
            (eventType, eventID) = (nil, nil)
            return
        }
        let body = JudgedBody(bytes: bytes, stated: contract?.body.format.value, mediaType: contentType)
        eventType = Self.text(body, contract?.body.field(playing: .eventType)?.pointer, else: Self.likelyTypes)
        eventID = Self.text(body, contract?.body.field(playing: .eventID)?.pointer, else: Self.likelyIDs)
    }

    private static func text(_ body: JudgedBody, _ pointer: JSONPointer?, else names: [String]) -> String? {
        if let pointer { return body.text(at: pointer) }
        return names.lazy.compactMap { body.text(at: JSONPointer(tokens: [$0])) }.first { !$0.isEmpty }
    }

    /// The summary as it is shown, without the beginning.
    var words: String {
        if size == 0 { return isWhole ? "no body" : "no body came" }
        var words = size == 1 ? "1 byte" : "\(size) bytes"
        if let contentType { words += " of \(contentType)" }
        if !isWhole { words += ", cut short" }
        if let eventType { words += ", \(eventType)" }
        if let eventID { words += ", id \(eventID)" }
        return words
    }
}
