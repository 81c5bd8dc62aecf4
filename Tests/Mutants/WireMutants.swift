import CurlTransport
import Notation
import ReferenceDispatching
import WebhookContracts
import WebhookSigning

/// Sends to the path alone, without the query that was registered.
struct ForgetsTheQuery: DispatchPolicy {
    let contract: Contract
    func target(of attempt: Attempt) -> String {
        String(attempt.endpoint.url.prefix { $0 != "?" })
    }
}

/// Decodes the escapes in the registered URL, as a URL type does that writes itself anew.
struct RewritesTheURL: DispatchPolicy {
    let contract: Contract
    func target(of attempt: Attempt) -> String {
        attempt.endpoint.url.replacing("%2F", with: "/")
    }
}

/// Sends the name of the HTTP library as its own.
struct ShowsTheLibrarysName: DispatchPolicy {
    let contract: Contract
    func headerFields(_ parts: HeaderParts, in attempt: Attempt) -> [HeaderField] {
        contract.headerFields(parts).map { $0.isNamed("User-Agent") ? HeaderField($0.name, "axios/1.7.2") : $0 }
    }
}

/// Adds Content-Type to headers that have it already, in other letters.
struct SendsTheTypeTwice: DispatchPolicy {
    let contract: Contract
    func headerFields(_ parts: HeaderParts, in attempt: Attempt) -> [HeaderField] {
        contract.headerFields(parts) + [HeaderField("content-type", contract.contentType)]
    }
}

/// Sends the names that events had in the edition before.
struct SendsFormerNames: DispatchPolicy {
    let contract: Contract
    func sentName(of event: String) -> String {
        let words = ContractPolicy(contract).sentName(of: event).split(separator: ".")
        return words.count == 3 ? "\(words[0]).\(words[1])_\(words[2])" : words.joined(separator: ".")
    }
}

/// Writes all event names in lower case.
struct LowersEventNames: DispatchPolicy {
    let contract: Contract
    func sentName(of event: String) -> String { ContractPolicy(contract).sentName(of: event).lowercased() }
}

/// Trims the quotes that the contract prints around the event's name.
struct TrimsTheQuotes: DispatchPolicy {
    let contract: Contract
    func headerFields(_ parts: HeaderParts, in attempt: Attempt) -> [HeaderField] {
        let quoted = "\"\(parts.sentName)\""
        return contract.headerFields(parts).map { $0.value == quoted ? HeaderField($0.name, parts.sentName) : $0 }
    }
}

/// Writes the texts of an event into a header as they are, line breaks included.
struct CopiesTextsIntoHeaders: DispatchPolicy {
    let contract: Contract
    func headerFields(_ parts: HeaderParts, in attempt: Attempt) -> [HeaderField] {
        contract.headerFields(parts) + Self.lines(of: attempt.event.envelopeJSON)
    }

    /// The fields that a receiver sees when `X-Title` is written with the first text that has a line break in it.
    private static func lines(of envelope: [UInt8]) -> [HeaderField] {
        guard let value = try? JSONValue.parse(envelope),
            let text = value.texts.first(where: { $0.contains { $0.isNewline } })
        else { return [] }
        return text.split(whereSeparator: \.isNewline).enumerated().compactMap { index, line in
            if index == 0 { return HeaderField("X-Title", String(line)) }
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, !parts[0].contains(" ") else { return nil }
            return HeaderField(String(parts[0]), String(parts[1].drop { $0 == " " }))
        }
    }
}

/// Shows the credentials of the endpoint that was registered first to all of them.
struct SharesCredentials: DispatchPolicy {
    let contract: Contract
    private let first = FirstOf<String>()

    init(contract: Contract) {
        self.contract = contract
    }

    func authorization(of endpoint: Endpoint) -> String? {
        if let own = endpoint.basic?.authorization { first.offer(own) }
        return endpoint.basic?.authorization ?? first.value
    }
}

/// Sends the user without a password.
struct ForgetsThePassword: DispatchPolicy {
    let contract: Contract
    func authorization(of endpoint: Endpoint) -> String? {
        endpoint.basic.map { BasicCredentials(user: $0.user, password: "").authorization }
    }
}

/// Sends the endpoint's secret itself, as some do in place of a signature.
struct SendsTheSecret: DispatchPolicy {
    let contract: Contract
    func headerFields(_ parts: HeaderParts, in attempt: Attempt) -> [HeaderField] {
        contract.headerFields(parts)
            + [attempt.endpoint.secret.map { HeaderField("X-Webhook-Token", $0.revealed) }].compactMap(\.self)
    }
}

/// Writes the Authorization of each attempt into its log.
struct LogsAuthorization: DispatchPolicy {
    let contract: Contract
    func displayName(of endpoint: Endpoint) -> String {
        "endpoint \(endpoint.id) (Authorization: \(endpoint.basic?.authorization ?? "none"))"
    }
}

let wireMutants = [
    Mutant(
        name: "forgets-the-query",
        breaks: "A delivery goes to the registered URL, query included.",
        caughtBy: ["request.method-and-target"],
        hunts: ["contentspal/accepted"],
        policy: { ForgetsTheQuery(contract: $0) }
    ),
    Mutant(
        name: "rewrites-the-url",
        breaks: "The path of the registered URL is sent byte for byte.",
        caughtBy: ["request.method-and-target"],
        hunts: ["jobber/exact-target"],
        policy: { RewritesTheURL(contract: $0) }
    ),
    Mutant(
        name: "shows-the-librarys-name",
        breaks: "User-Agent is the documented text.",
        caughtBy: ["headers.user-agent"],
        hunts: ["contentspal/accepted"],
        policy: { ShowsTheLibrarysName(contract: $0) }
    ),
    Mutant(
        name: "sends-the-type-twice",
        breaks: "Each header of the contract comes once.",
        caughtBy: ["headers.present-once"],
        hunts: ["siteservicesnow/accepted"],
        alsoTrips: [
            "body.content-type": "Two headers do not say which type it is."
        ],
        reported: ["zapier/zapier-platform-cli#111", "apigee/microgateway-core#167"],
        policy: { SendsTheTypeTwice(contract: $0) }
    ),
    Mutant(
        name: "sends-former-names",
        breaks: "Events are sent by the names of the edition that the endpoint was set up for.",
        caughtBy: ["event.names"],
        hunts: ["claimable/renamed-events"],
        policy: { SendsFormerNames(contract: $0) }
    ),
    Mutant(
        name: "lowers-event-names",
        breaks: "Event names have the letters that the contract gives them.",
        caughtBy: ["event.names"],
        hunts: ["jobber/accepted"],
        alsoTrips: [
            "body.schema": "The schema lists the names too.",
            "delivery.arrives": "No request can be told to be the event that was handed over.",
            "endpoint.subscription": "No request can be told to be the event that was handed over.",
            "log.every-request": "No request can be told to be the event that was handed over.",
        ],
        policy: { LowersEventNames(contract: $0) }
    ),
    Mutant(
        name: "trims-the-quotes",
        breaks: "Where the contract prints quotes around the event's name in its header, they are sent.",
        caughtBy: ["event.name-unquoted"],
        hunts: ["claimable/quoted-event-name"],
        policy: { TrimsTheQuotes(contract: $0) }
    ),
    Mutant(
        name: "copies-texts-into-headers",
        breaks: "A line break in an event's data never begins another header.",
        caughtBy: ["headers.no-injection"],
        hunts: ["contentspal/line-breaks"],
        alsoTrips: [
            "headers.present-once": "The header that the text writes is one of the contract, and comes a second time."
        ],
        policy: { CopiesTextsIntoHeaders(contract: $0) }
    ),
    Mutant(
        name: "shares-credentials",
        breaks: "Credentials go to the endpoint that has them, and to no other.",
        caughtBy: ["auth.basic-exact"],
        hunts: ["oneclickcontractor/no-auth"],
        alsoTrips: [
            "secrets.not-in-output": "One endpoint's credentials stand in the requests to another."
        ],
        reported: ["langwatch/langwatch#5807"],
        policy: { SharesCredentials(contract: $0) }
    ),
    Mutant(
        name: "forgets-the-password",
        breaks: "Authorization is the base64 of user, colon and password.",
        caughtBy: ["auth.basic-exact"],
        hunts: ["oneclickcontractor/basic-auth"],
        policy: { ForgetsThePassword(contract: $0) }
    ),
    Mutant(
        name: "sends-the-secret",
        breaks: "A signing secret never goes over the wire.",
        caughtBy: ["secrets.not-in-output"],
        hunts: ["jobber/accepted"],
        policy: { SendsTheSecret(contract: $0) }
    ),
    Mutant(
        name: "logs-authorization",
        breaks: "No log line has credentials in it, encoded or not.",
        caughtBy: ["secrets.not-in-output"],
        hunts: ["oneclickcontractor/basic-auth"],
        reported: ["Agenta-AI/agenta#3988", "opsmill/infrahub#9810", "RatLoopz/sahidawa-india#3667"],
        policy: { LogsAuthorization(contract: $0) }
    ),
]
