import CCurl

/// The host and port of a URL, as libcurl reads them and will connect to them.
package struct URLOrigin: Sendable, Hashable {
    /// A name or an address, without brackets; forms of IPv4 addresses such as `0x7f.1` are written out.
    package let host: String
    /// The scheme's own port where the URL names none.
    package let port: Int

    /// Reads a URL; nil when libcurl cannot use it.
    package init?(_ url: String) {
        guard !url.utf8.contains(0), let parsed = curl_url() else { return nil }
        defer { curl_url_cleanup(parsed) }
        guard curl_url_set(parsed, CURLUPART_URL, url, UInt32(CURLU_PATH_AS_IS)) == CURLUE_OK,
            let host = Self.part(CURLUPART_HOST, of: parsed), let port = Self.part(CURLUPART_PORT, of: parsed),
            let number = Int(port)
        else { return nil }
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        self.port = number
    }

    private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(url, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}

extension TransferRequest {
    /// The lines for `CURLOPT_RESOLVE`, which stand in for the system's resolver.
    var resolveLines: [String] {
        guard proxy == nil, !addresses.isEmpty, let origin = URLOrigin(url) else { return [] }
        return ["\(origin.host):\(origin.port):\(addresses.map(Self.bracketed).joined(separator: ","))"]
    }

    /// The lines for `CURLOPT_CONNECT_TO`: a proxy is asked for an address, so that it cannot resolve the name to another one.
    var connectLines: [String] {
        guard proxy != nil, let address = addresses.first, let origin = URLOrigin(url) else { return [] }
        return ["\(Self.bracketed(origin.host)):\(origin.port):\(Self.bracketed(address)):\(origin.port)"]
    }

    private static func bracketed(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }
}
