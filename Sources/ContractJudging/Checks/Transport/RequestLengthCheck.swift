import DeliveryEvidence
import Notation

/// T5: the length of a body is said once, and rightly.
enum RequestLengthCheck {
    private static let basis = Basis(source: "RFC 9112, section 6")

    static let check = Check(
        "request.length",
        codes: ["T5"],
        title: "A request says the length of its body exactly once, in bytes.",
        asks: "There is one Content-Length with the number of bytes that came, or chunked coding, and never both."
    ) { context in
        context.attempts.compactMap { judge($0, context.subject(of: $0)) }
    }

    private static func judge(_ attempt: AttemptView, _ subject: String) -> Finding? {
        if let problem = attempt.arrived.malformed {
            return .violated(subject, "The request is not well formed: \(problem)", by: basis)
        }
        let lengths = attempt.arrived.values(of: "Content-Length")
        let isChunked = attempt.arrived.values(of: "Transfer-Encoding").contains { $0.lowercased().contains("chunked") }
        if lengths.count > 1 {
            return .violated(subject, "Content-Length is given \(lengths.count) times.", by: basis)
        }
        guard let length = lengths.first else {
            if isChunked { return .held(subject, "The body is sent in chunks.", by: basis) }
            guard !attempt.arrived.body.bytes.isEmpty else {
                return .held(subject, "There is no body, and no length is said.", by: basis)
            }
            return .violated(subject, "There is a body, but neither Content-Length nor chunked coding.", by: basis)
        }
        if isChunked { return .violated(subject, "Both Content-Length and chunked coding are used.", by: basis) }
        guard let count = Int(length.filter { $0 != " " }), count >= 0 else {
            return .violated(subject, "Content-Length is \(length.quoted), which is no number of bytes.", by: basis)
        }
        // A body that the receiver's script left unread, or whose bytes were redacted, has no length to compare with.
        guard attempt.arrived.bodyEnd != nil, !attempt.arrived.bodyRedacted else { return nil }
        let came = attempt.arrived.body.bytes.count
        if count == came { return .held(subject, "Content-Length is the \(came) bytes that came.", by: basis) }
        let characters = attempt.arrived.body.text.unicodeScalars.count
        let hint = count == characters ? ["\(count) is the number of characters, not of bytes."] : []
        return .violated(subject, "Content-Length is \(count), but \(came) bytes came.", details: hint, by: basis)
    }
}
