import DeliveryEvidence
import WebhookContracts

/// Decodes bodies, each distinct one once: retries and fan-out bring the same bytes again and again.
struct DecodedBodies {
    /// What a body is decoded by.
    private struct Key: Hashable {
        var bytes: [UInt8]
        var mediaType: String?
        var coding: String?
    }

    private let stated: BodyFormat?
    private var known: [Key: (body: JudgedBody, number: Int)] = [:]

    /// - Parameter stated: the format that the contract states.
    init(stated: BodyFormat?) {
        self.stated = stated
    }

    /// The body of a request, and a number that only requests with the same body share.
    mutating func body(of arrived: AttemptArrived) -> (body: JudgedBody, number: Int) {
        let key = Key(
            bytes: arrived.body.bytes,
            mediaType: arrived.values(of: "Content-Type").first,
            coding: arrived.values(of: "Content-Encoding").first
        )
        if let found = known[key] { return found }
        let body = JudgedBody(bytes: key.bytes, stated: stated, mediaType: key.mediaType, coding: key.coding)
        let made = (body: body, number: known.count)
        known[key] = made
        return made
    }
}
