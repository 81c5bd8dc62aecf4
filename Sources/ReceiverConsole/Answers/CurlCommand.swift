import DeliveryEvidence
import FoundationEssentials
import Notation

/// A curl command that sends a recorded request again.
struct CurlCommand {
    /// One command line of a POSIX shell.
    let text: String
    /// What a person should know before running it.
    let notes: [String]

    /// Headers that belong to a connection or that curl makes itself from what it is given.
    static let ownHeaders: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "keep-alive", "proxy-connection", "upgrade", "te",
        "expect",
    ]

    /// Makes the command for a request without secrets that goes to `origin`, such as `http://127.0.0.1:8080`.
    init(_ request: AttemptArrived, origin: String) {
        var notes: [String] = []
        var words = ["curl", "--silent", "--show-error", "--include", "--globoff", "--path-as-is"]
        if request.method == "HEAD" {
            words.append("--head")
        } else {
            words += ["--request", Self.word(request.method)]
        }
        if origin.hasPrefix("https:") {
            words += ["--cacert", "hookassay-ca.pem"]
            notes.append("Save the authority's certificate first: GET /api/ca.pem, as hookassay-ca.pem.")
        }
        let names = Set(request.headers.map { $0.name.lowercased() })
        for header in request.headers where !Self.ownHeaders.contains(header.name.lowercased()) {
            // What HTTP/2 has in place of a request line stands elsewhere in the command.
            if header.name.hasPrefix(":") { continue }
            guard header.name.isHeaderName else {
                notes.append("A header whose name is not one of HTTP's was left out.")
                continue
            }
            // With a colon and nothing behind it curl would leave the header out.
            let line = header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)"
            words += ["--header", Self.word(line)]
        }
        let body = request.body.bytes
        let added = ["accept", "user-agent", "expect"] + (body.isEmpty ? [] : ["content-type"])
        for name in added where !names.contains(name) || Self.ownHeaders.contains(name) {
            words += ["--header", Self.word("\(name):")]
        }
        var feed = ""
        if !body.isEmpty {
            if let text = String(validating: body, as: UTF8.self), Self.isHarmless(text, allowingLineFeeds: true) {
                // Not `--data` nor `--data-binary`: a body that begins with `@` would be taken for the name of a file.
                words += ["--data-raw", Self.quoted(text)]
            } else {
                feed = "printf %s \(Self.quoted(Data(body).base64EncodedString())) | base64 -d | "
                words += ["--data-binary", "@-"]
            }
        }
        let target = request.target.hasPrefix("/") ? request.target : "/"
        if target != request.target { words += ["--request-target", Self.word(request.target)] }
        words.append(Self.word(origin + target))
        text = feed + words.joined(separator: " ")
        self.notes = notes
    }

    /// One word of a shell that stands for exactly this text.
    ///
    /// What would be a control character in a terminal goes through base64, since pasting it would be typing it.
    private static func word(_ text: String) -> String {
        if isHarmless(text, allowingLineFeeds: false) { return quoted(text) }
        return "\"$(printf %s \(quoted(Data(text.utf8).base64EncodedString())) | base64 -d)\""
    }

    /// Nothing is special between single quotes but the single quote.
    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "'\\''") + "'"
    }

    private static func isHarmless(_ text: String, allowingLineFeeds: Bool) -> Bool {
        let rest = allowingLineFeeds ? text.replacing("\n", with: "") : text
        return VisibleText.of(rest) == rest
    }
}

extension String {
    /// A token of RFC 9110 section 5.6.2.
    var isHeaderName: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
    }
}
