import Notation

/// Why a call of the control API is refused, for the person who made it.
struct ConsoleRefusal: Error, Sendable {
    /// The HTTP status of the answer.
    var status: Int
    /// One sentence: what is wrong; never holds a secret.
    var message: String
    /// The way out.
    var help: String?
    /// Further members of the answer.
    var details: [JSONMember]

    init(_ message: String, help: String? = nil, status: Int = 422, details: [JSONMember] = []) {
        self.message = message
        self.help = help
        self.status = status
        self.details = details
    }

    /// The body of the answer.
    var body: JSONValue {
        let members = [
            JSONMember(name: "error", value: .string(message)),
            JSONMember(name: "help", value: help.map { .string($0) } ?? .null),
        ]
        return .object(members + details)
    }

    /// Tells every mistake of a script, with its place.
    init(_ list: DiagnosticList, hiding hidden: (String) -> String) {
        let diagnostics = list.diagnostics.map { diagnostic in
            JSONValue.fields([
                "severity": .string(diagnostic.severity.rawValue),
                "line": .count(diagnostic.position?.line),
                "column": .count(diagnostic.position?.column),
                "message": .string(hidden(VisibleText.of(diagnostic.message, atMost: 600))),
                "help": (diagnostic.help).map { .string(hidden(VisibleText.of($0, atMost: 600))) },
            ])
        }
        let first = list.diagnostics.first { $0.severity == .error } ?? list.diagnostics.first
        let place = first?.position.map { "line \($0.line), column \($0.column): " } ?? ""
        self.init(
            "The script cannot be used: \(place)\(hidden(VisibleText.of(first?.message ?? "it is wrong", atMost: 600)))",
            help: first?.help.map { hidden(VisibleText.of($0, atMost: 600)) }
                ?? "Each mistake stands in `diagnostics` with its line and column.",
            details: [JSONMember(name: "diagnostics", value: .array(diagnostics))]
        )
    }

    init(_ error: EndpointError) {
        let status =
            switch error.problem {
            case .unknown: 404
            case .tooMany: 429
            case .idTaken, .noEvidence: 422
            case .cannotListen: 409
            }
        self.init(error.message, status: status)
    }
}
