import Notation

/// Reads where an endpoint is in the network: its `host`, the `address` it listens at, a literal `url`.
struct NetworkPlaceReader {
    let log: DiagnosticLog

    private enum Family: String, CaseIterable {
        case ipv4
        case ipv6
    }

    /// What stands in a literal URL for the port.
    static let portMark = "{port}"

    func read(_ settings: inout MappingReader?, into endpoint: inout ScenarioEndpoint) {
        endpoint.host = settings?.value("host", wanted: "a host's name such as `hooks.example.test`", host)
        endpoint.listensAtVersion6 = settings?.choice("address", Family.self) == .ipv6
        endpoint.literalURL = settings?.value("url", wanted: "a URL", url)
        guard endpoint.literalURL != nil else { return }
        for key in ["host", "target"] where settings?.mapping[key] != nil {
            log.error(
                "`\(key)` and `url` exclude each other",
                at: settings?.keyPosition(key),
                help: "write the whole URL, with `{port}` where the receiver's port belongs"
            )
        }
    }

    private func host(_ text: String) throws(NotationError) -> String {
        guard text.isHostName else {
            throw NotationError(
                message: "'\(text)' is not the name of a host",
                help: "write lower-case letters, digits, dashes and dots, such as `hooks.example.test`"
            )
        }
        return text
    }

    /// What is wrong with it is the point of most such URLs; it only has to be a line of text.
    private func url(_ text: String) throws(NotationError) -> String {
        guard text.utf8.count <= 2000, text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw NotationError(message: "this is no line of text", help: "write the URL on one line")
        }
        return text
    }
}
