/// What the signature of a request is worth by the contract, and why.
enum ReceivedSignature: Sendable {
    /// It verifies; `reading` says as what, where the contract leaves something open.
    case valid(reading: String?)
    /// It does not; `hints` say what a wrong signer might have done.
    case wrong(String, hints: [String])
    /// The header is not there.
    case absent(header: String)
    /// It cannot be said.
    case unchecked(String)

    /// One word for programs.
    var verdict: String {
        switch self {
        case .valid: "valid"
        case .wrong: "wrong"
        case .absent: "absent"
        case .unchecked: "unchecked"
        }
    }

    /// The reason, as sentences; `nil` when there is none to give.
    var reason: String? {
        switch self {
        case .valid(let reading): reading
        case .wrong(let reason, let hints):
            ([reason] + hints.prefix(1).map { "Nearest explanation: \($0)." }).joined(separator: " ")
        case .absent(let header): "The header \(header) is missing."
        case .unchecked(let reason): reason
        }
    }
}
