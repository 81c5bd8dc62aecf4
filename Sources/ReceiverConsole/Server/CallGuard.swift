import Glibc

/// Decides which calls a web page in the user's own browser could have been tricked into making.
///
/// Two attacks are kept out: another site's script that posts to the loopback address, and a name of the attacker's that
/// resolves to the loopback address (DNS rebinding), which makes the attacker's page one of ours for the browser.
struct CallGuard: Sendable {
    private let names: Set<String>
    /// Says that every address of the machine is listened on, so that any address may stand in `Host`.
    private let isOpen: Bool

    init(_ settings: ConsoleSettings) {
        let host = settings.host.lowercased()
        names = Set(["localhost", host] + settings.names.map { $0.lowercased() })
        isOpen = host == "0.0.0.0" || host == "::"
    }

    /// Why a call is refused; `nil` when it may go on.
    ///
    /// - Parameters:
    ///   - host: the `Host` header.
    ///   - origin: the `Origin` header; browsers send it with every call that could change something.
    ///   - site: the `Sec-Fetch-Site` header; browsers send it, and no script can set it.
    ///   - contentType: the `Content-Type` header.
    func refusal(
        method: String,
        host: String?,
        origin: String?,
        site: String?,
        contentType: String?
    ) -> ConsoleRefusal? {
        guard let host, allows(host) else {
            return ConsoleRefusal(
                "The Host header does not name this console.",
                help: "Call it by its loopback address, or allow the name when starting it.",
                status: 403
            )
        }
        if site == "cross-site", method != "GET" || origin != nil { return foreign }
        guard method != "GET", method != "HEAD" else { return nil }
        if let origin, origin.lowercased() != "http://\(host.lowercased())" { return foreign }
        // A DELETE cannot come from a form, and browsers ask before a script sends one.
        guard method == "POST" || method == "PUT" else { return nil }
        let type = contentType?.split(separator: ";").first?.trimmingBlanks.lowercased()
        guard type == "application/json" else {
            return ConsoleRefusal(
                "A call that changes something needs `Content-Type: application/json`.",
                help: "With curl: --header 'Content-Type: application/json'.",
                status: 415
            )
        }
        return nil
    }

    private var foreign: ConsoleRefusal {
        ConsoleRefusal(
            "The call comes from a page of another origin.",
            help: "Call from the console's own page, or from a program that sends no Origin header.",
            status: 403
        )
    }

    /// Says whether a `Host` header names this console, whatever the port, which a tunnel may change.
    func allows(_ host: String) -> Bool {
        let name = Self.name(of: host.lowercased())
        if names.contains(name) { return true }
        guard let address = Self.address(name) else { return false }
        return isOpen || address
    }

    /// The name without the port; `nil` text is refused by never matching.
    private static func name(of host: String) -> String {
        if host.hasPrefix("[") {
            guard let end = host.firstIndex(of: "]") else { return "" }
            let rest = host[host.index(after: end)...]
            guard rest.isEmpty || rest.first == ":" else { return "" }
            return String(host[host.index(after: host.startIndex)..<end])
        }
        let parts = host.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.count < 2 || parts[1].allSatisfy(\.isNumber) else { return "" }
        return String(parts[0])
    }

    /// Whether an address is of the loopback; `nil` when the text is no address at all.
    private static func address(_ text: String) -> Bool? {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 { return UInt32(bigEndian: four.s_addr) >> 24 == 127 }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        return withUnsafeBytes(of: &six) { bytes in bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1 }
    }
}

extension Substring {
    fileprivate var trimmingBlanks: Substring {
        var text = self
        while text.last == " " { text.removeLast() }
        while text.first == " " { text.removeFirst() }
        return text
    }
}
