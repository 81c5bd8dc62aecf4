import DeliveryEvidence

/// A result as it stands in JSON.
package struct ProofReport: Sendable, Encodable {
    package let group: String
    package let name: String
    package let transport: String
    package let verdict: String
    package let reasons: [String]
    package let tries: Int
    /// What the tries before had against it.
    package let earlier: [String]
    package let seconds: Double
    package let receipts: [Receipt]
    /// What the raw victim saw, step by step.
    package let raw: [String]
    package let curl: [Curl]
    package let curlIsMissing: String?

    /// A receipt of the raw victim's receiver.
    package struct Receipt: Sendable, Encodable {
        package let asked: String
        package let kernel: [String]
        package let wire: String
    }

    /// What libcurl made of a step.
    package struct Curl: Sendable, Encodable {
        package let code: Int
        package let message: String
        package let status: Int?
        package let seconds: Double
    }

    private enum CodingKeys: String, CodingKey {
        case group
        case name
        case transport = "over"
        case verdict
        case reasons
        case tries
        case earlier = "earlier_reasons"
        case seconds
        case receipts
        case raw
        case curl
        case curlIsMissing = "curl_missing"
    }

    package init(_ result: ProofResult) {
        group = result.proof.group.rawValue
        name = result.proof.name
        transport = result.proof.transport.rawValue
        verdict = result.verdict.text.lowercased()
        reasons = result.verdict.reasons
        tries = result.tries
        earlier = result.earlier
        seconds = result.took / .seconds(1)
        receipts = result.sights.rawReceiver.produced.map { fault in
            Receipt(asked: fault.asked, kernel: fault.kernel, wire: fault.wire)
        }
        raw = result.rawTexts
        curl = result.sights.curl.map { sight in
            Curl(code: sight.code, message: sight.message, status: sight.status, seconds: sight.total / .seconds(1))
        }
        curlIsMissing = result.sights.curlIsMissing
    }
}
