import CurlTransport
import FoundationEssentials
import WebhookSigning

/// A request that is about to be signed as a whole (RFC 9421).
struct OutgoingMessage {
    let method: String
    let url: String
    let headers: [HeaderField]

    /// The signature base over the named components; one that the request does not have is left out.
    func base(covering names: [String], created: Date) throws(SigningError) -> MessageSignatureBase {
        let components = names.compactMap { name in value(of: name).map { MessageSignatureBase.Component(name, $0) } }
        let seconds = Int(created.timeIntervalSince1970.rounded(.down))
        return try MessageSignatureBase(components: components, parameters: [.created(seconds)])
    }

    /// RFC 9421 section 2.1 for fields, 2.2 for the parts of the URL.
    private func value(of name: String) -> String? {
        switch name {
        case "@method": return method
        case "@authority": return authority
        case "@path": return target.path
        case "@query": return "?" + target.query
        default:
            let values = headers.values(named: name)
            return values.isEmpty ? nil : values.joined(separator: ", ")
        }
    }

    /// The host in lower case, and the port unless it is the scheme's own.
    private var authority: String {
        let parts = URLComponents(string: url)
        let host = (parts?.percentEncodedHost ?? "").lowercased()
        let usual = parts?.scheme?.lowercased() == "http" ? 80 : 443
        return parts?.port.map { $0 == usual ? host : "\(host):\($0)" } ?? host
    }

    /// Path and query as they stand in the URL, byte for byte.
    private var target: (path: String, query: String) {
        let afterScheme = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        let whole = afterScheme.drop { $0 != "/" && $0 != "?" }
        let path = whole.prefix { $0 != "?" }
        return (path.isEmpty ? "/" : String(path), String(whole.dropFirst(path.count).dropFirst()))
    }
}
