import CCurl

extension CurlOptions {
    /// Says everything about a request that does not call back into the transfer.
    func apply(_ request: TransferRequest) throws(TransferError) {
        try set(CURLOPT_URL, request.url)
        // A registered path goes on the wire as registered, dots included.
        try set(CURLOPT_PATH_AS_IS, true)
        try set(CURLOPT_HTTP_VERSION, request.version.curlNumber)
        if request.unpacksBody { try set(CURLOPT_ACCEPT_ENCODING, "") }
        try applyMethod(of: request)
        try set(CURLOPT_TIMEOUT_MS, request.totalLimit)
        try set(CURLOPT_CONNECTTIMEOUT_MS, request.connectLimit)
        try applyBounds()
        try applyRedirects(request.followsRedirects)
        try applyTrust(of: request)
        try set(CURLOPT_FRESH_CONNECT, !request.reusesConnections)
        try set(CURLOPT_FORBID_REUSE, !request.reusesConnections)
        try applyProxy(of: request)
        if request.sendsBodyInAnyCase { try set(CURLOPT_KEEP_SENDING_ON_ERROR, true) }
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
    }

    private func applyProxy(of request: TransferRequest) throws(TransferError) {
        guard let proxy = request.proxy else {
            if !request.usesEnvironmentProxies { try set(CURLOPT_PROXY, "") }
            return
        }
        try set(CURLOPT_PROXY, "http://\(proxy)")
        try set(CURLOPT_HTTPPROXYTUNNEL, true)
        // Hosts that the environment excepts from proxies are none of this one's.
        try set(CURLOPT_NOPROXY, "")
    }

    private func applyMethod(of request: TransferRequest) throws(TransferError) {
        if request.method == "HEAD" {
            try set(CURLOPT_NOBODY, true)
            return
        }
        if !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method) {
            try setBody(request.body)
            // As a custom method it would remain POST after a redirect that asks for GET.
            if request.method != "POST" { try set(CURLOPT_CUSTOMREQUEST, request.method) }
        } else if request.method != "GET" {
            try set(CURLOPT_CUSTOMREQUEST, request.method)
        }
    }

    /// Keeps libcurl within HTTP and within this thread.
    private func applyBounds() throws(TransferError) {
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_DISALLOW_USERNAME_IN_URL, true)
        try set(CURLOPT_NOSIGNAL, true)
        // Without this, dropping a transfer whose name is still being resolved waits for the resolver, and every other
        // transfer on this thread waits with it.
        try set(CURLOPT_QUICK_EXIT, true)
    }

    private func applyRedirects(_ count: Int) throws(TransferError) {
        try set(CURLOPT_FOLLOWLOCATION, count > 0)
        if count > 0 { try set(CURLOPT_MAXREDIRS, count) }
    }

    private func applyTrust(of request: TransferRequest) throws(TransferError) {
        try set(CURLOPT_SSL_VERIFYPEER, request.verifiesCertificates)
        try set(CURLOPT_SSL_VERIFYHOST, request.verifiesCertificates ? 2 : 0)
        switch request.oldestTLS {
        case .version1Point2: try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        case .version1Point3: try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_3)
        case .any:
            try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_0)
            // OpenSSL 3 counts the hashes of old versions as weak.
            try set(CURLOPT_SSL_CIPHER_LIST, "ALL:@SECLEVEL=0")
        }
        // A resumed TLS session shows no certificate, so a certificate gone bad would pass unseen.
        try set(CURLOPT_SSL_SESSIONID_CACHE, request.reusesConnections)
        if let trustStore = request.trustStore {
            try set(CURLOPT_CAINFO, trustStore)
            // Debian's libcurl trusts the system's folder of authorities beside the file, unless told not to.
            try set(CURLOPT_CAPATH, nil as String?)
        }
    }
}

extension HTTPVersion {
    fileprivate var curlNumber: Int {
        switch self {
        case .http1: CURL_HTTP_VERSION_1_1
        case .http2: CURL_HTTP_VERSION_2TLS
        case .http2WithoutAsking: CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE
        }
    }
}
