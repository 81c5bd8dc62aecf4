import DeliveryEvidence
import DeliveryScenarios

/// What is awkward about the answer that the script had for an attempt; each is `nil` where it is not.
///
/// The words have no article of their own sentence: `bytes that are not HTTP`.
struct AwkwardAnswer {
    /// It is no HTTP response that may be used (RFC 9112).
    let invalid: String?
    /// Its body is nothing that can be shown as text as it stands.
    let unreadable: String?
    /// It is larger than anybody wants to read: what it is, how many bytes it comes to (`nil` for one without end), and
    /// whether it does so only when it is unpacked.
    let huge: (words: String, bytes: Int?, isPacked: Bool)?

    /// From here on a body counts as large, in bytes.
    private static let large = 1 << 20

    init(to attempt: AttemptView, in context: JudgingContext) {
        switch context.scriptedReply(to: attempt) {
        case .respond(let response)?: self.init(response)
        case .fault(let fault)?: self.init(fault)
        case nil: self.init(invalid: nil, unreadable: nil, huge: nil)
        }
    }

    private init(invalid: String?, unreadable: String?, huge: (words: String, bytes: Int?, isPacked: Bool)?) {
        self.invalid = invalid
        self.unreadable = unreadable
        self.huge = huge
    }

    private init(_ response: Response) {
        invalid = response.hasContradictingLengths ? "two lengths that contradict each other" : nil
        switch response.filler {
        case .gzip(let inflated)?:
            unreadable = "a gzip body"
            huge = inflated >= Self.large ? ("a gzip body that unpacks to \(inflated) bytes", inflated, true) : nil
        case .size(let count)? where count >= Self.large:
            unreadable = "a body of \(count) bytes"
            huge = ("a body of \(count) bytes", count, false)
        case .size?, nil:
            let isControlled = response.body.unicodeScalars.contains { scalar in
                scalar.value < 0x20 && scalar != "\n" && scalar != "\r" && scalar != "\t"
            }
            unreadable = isControlled ? "a body with control characters" : nil
            huge = nil
        }
    }

    private init(_ fault: Fault) {
        switch fault.kind {
        case .garbage: invalid = "bytes that are not HTTP"
        case .malformedChunk: invalid = "a chunk whose size is no number"
        case .close where fault.at == .request: invalid = "no byte at all"
        default: invalid = nil
        }
        unreadable = fault.kind == .garbage ? "bytes that are not HTTP" : nil
        huge = fault.kind == .endless ? ("an answer without end", nil, false) : nil
    }
}

extension Response {
    /// Says that its headers give more than one length, so that nobody can tell where it ends (RFC 9112 section 6.3).
    var hasContradictingLengths: Bool {
        let values = headers.filter { $0.name.lowercased() == "content-length" }
            .flatMap { $0.value.split(separator: ",") }
            .map { $0.trimmingSpaces }
        return Set(values).count > 1
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
