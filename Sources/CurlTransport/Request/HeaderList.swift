import CCurl

/// The lines for `CURLOPT_HTTPHEADER` that make libcurl send exactly the request's own headers.
///
/// libcurl's notation has three forms: `Name: value` is sent, `Name;` is sent as an empty `Name:`, and `Name:` sends
/// nothing and keeps libcurl's own field of that name away.
func headerLines(of request: TransferRequest) -> [String] {
    let own = request.headers.map { field in
        field.value.allSatisfy { $0 == " " || $0 == "\t" } ? "\(field.name);" : "\(field.name): \(field.value)"
    }
    // Expect: above 1 MiB libcurl would ask for 100 Continue and wait a second for it. Content-Type: for a body
    // libcurl would claim a form. Accept: it would send */*.
    let unwanted = ["Accept", "Content-Type", "Expect"].filter { request.headers.values(named: $0).isEmpty }
    return own + unwanted.map { "\($0):" }
}

/// A C list of strings, freed with this object.
final class CurlStringList {
    private(set) var head: UnsafeMutablePointer<curl_slist>?

    init(_ lines: [String]) throws(TransferError) {
        for line in lines {
            guard let longer = curl_slist_append(head, line) else { throw TransferError(CURLE_OUT_OF_MEMORY) }
            head = longer
        }
    }

    deinit {
        curl_slist_free_all(head)
    }
}
