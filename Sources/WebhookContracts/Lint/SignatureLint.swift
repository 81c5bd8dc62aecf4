import Notation
import WebhookSigning

extension LintFindings {
    /// Looks for headers that are listed twice or carry the same thing.
    mutating func checkHeaders() {
        for (index, header) in contract.headers.enumerated() {
            let earlier = contract.headers[..<index]
            if earlier.contains(where: { $0.name.lowercased() == header.name.lowercased() }) {
                error(
                    "the header `\(header.name)` is listed twice",
                    at: header.value.position,
                    help: "list it once; case does not tell header names apart"
                )
            }
            if header.value.value == .signature, earlier.contains(where: { $0.value.value == .signature }) {
                error(
                    "two headers carry the signature",
                    at: header.value.position,
                    help: "keep the one that `signature.header` names"
                )
            }
        }
    }

    /// Holds the signature's clauses against the headers and against each other.
    mutating func checkSignature() {
        let signature = contract.signature
        let carrier = contract.header(carrying: .signature)
        guard let name = signature.header.value else {
            if let carrier {
                error(
                    "`\(carrier.name)` carries the signature, but `signature.header` names no header",
                    at: carrier.value.position,
                    help: "make `signature.header` say `\(carrier.name)`"
                )
            }
            checkUnsigned()
            return
        }
        if let carrier {
            if carrier.name.lowercased() != name.lowercased() {
                error(
                    "`signature.header` says '\(name)', but the list of headers has the signature in '\(carrier.name)'",
                    at: signature.header.position,
                    help: "give both the same name"
                )
            }
        } else {
            error(
                "the signature is in '\(name)', but no header of the list carries `signature`",
                at: signature.header.position,
                help: "add `\(name)` to `headers` with the value `signature`"
            )
        }
        checkVerifiable()
    }

    private mutating func checkUnsigned() {
        guard contract.signature.header.isNone || contract.signature.header.isUnstated else { return }
        let parts: [(String, Bool, SourcePosition?)] = [
            ("algorithm", contract.signature.algorithm.value != nil, contract.signature.algorithm.position),
            ("encoding", contract.signature.encoding.value != nil, contract.signature.encoding.position),
            ("content", contract.signature.content.value != nil, contract.signature.content.position),
            (
                "absent_without_secret", contract.signature.absentWithoutSecret.value != nil,
                contract.signature.absentWithoutSecret.position
            ),
        ]
        for (name, isGiven, position) in parts where isGiven {
            error(
                "`signature.\(name)` describes a signature for which no header is named",
                at: position,
                help: "name the header under `signature.header`"
            )
        }
    }

    /// Holds what is promised about times and changes of the secret against what can carry it.
    private mutating func checkTimes() {
        let signature = contract.signature
        if signature.timestampTolerance.value != nil, contract.header(carrying: .timestamp) == nil {
            error(
                "timestamps have a tolerance, but no header carries one",
                at: signature.timestampTolerance.position,
                help: "add a header with the value `timestamp`, or leave out `signature.timestamp_tolerance`"
            )
        }
        if let grace = signature.rotation.value, grace > .zero, signature.prefix.value?.hasSuffix(",") != true {
            error(
                "two secrets count for \(DurationNotation.text(grace)), but the header has room for one signature",
                at: signature.rotation.position,
                help: "write a prefix that ends with a comma, such as `\"v1,\"`, or leave out `signature.rotation`"
            )
        }
        if signature.covers.value != nil, contract.body.coding.value == nil {
            error(
                "which bytes of a packed body are signed is said, but no body is packed",
                at: signature.covers.position,
                help: "add `body.coding`, or leave out `signature.covers`"
            )
        }
    }

    private mutating func checkVerifiable() {
        let signature = contract.signature
        let parts = [
            ("algorithm", signature.algorithm.value == nil), ("encoding", signature.encoding.value == nil),
            ("key", signature.key.value == nil), ("content", signature.content.value == nil),
        ]
        let missing = parts.filter(\.1).map { "`\($0.0)`" }
        if !missing.isEmpty {
            warning(
                "signatures cannot be verified, because nothing is known of \(missing.joined(separator: ", "))",
                at: signature.header.position,
                help: "infer what other material makes likely, and say why"
            )
        }
        let needsTime: Bool
        switch signature.content.value {
        case .idTimestampBody, .timestampBody, .versionTimestampBody: needsTime = true
        default: needsTime = false
        }
        if needsTime, contract.header(carrying: .timestamp) == nil {
            error(
                "the signature covers a timestamp, but no header carries one",
                at: signature.content.position,
                help: "add a header with the value `timestamp`"
            )
        }
        if signature.content.value == .messageBase, contract.header(carrying: .signatureInput) == nil {
            error(
                "the signature is an HTTP message signature, but no header says what it covers",
                at: signature.content.position,
                help: "add `Signature-Input` to `headers` with the value `signature input`"
            )
        }
        checkTimes()
        if signature.content.value == .idTimestampBody, contract.header(carrying: .eventID) == nil {
            error(
                "the signature covers the event's id, but no header carries it",
                at: signature.content.position,
                help: "add a header with the value `event id`"
            )
        }
    }
}
