package import CurlTransport

/// How receivers are reached, as far as the person who started the dispatcher decides it.
package struct Route: Sendable {
    /// Who is asked for the addresses of names.
    package var resolver: NameResolver
    /// The proxy to which every tunnel is opened, as `host:port`; nil connects directly.
    package var proxy: String?

    /// Makes a route.
    package init(resolver: NameResolver = .system, proxy: String? = nil) {
        self.resolver = resolver
        self.proxy = proxy
    }

    /// How long a name may take to be resolved where nothing else limits it.
    private static let patience = Duration.seconds(15)

    /// The request with the way it takes: the addresses of its host, as far as they may be spoken to, and the proxy.
    ///
    /// Without a resolver and a proxy of its own it is left as it is: the transport asks the system, and refuses at the moment
    /// of connecting.
    ///
    /// - Throws: a `TransferError`: no address, none that may be spoken to, or no time left; or `CancellationError`.
    package func taken(
        by request: TransferRequest,
        policy: any DispatchPolicy,
        guardedBy rules: AddressRules
    ) async throws -> TransferRequest {
        let proxy = policy.usesProxy() ? proxy : nil
        guard let origin = URLOrigin(request.url), resolver.hasServer || proxy != nil else { return request }
        var request = request
        let began = ContinuousClock.now
        if AddressRules.isAddress(origin.host) {
            request.addresses = proxy == nil ? [] : [origin.host]
        } else {
            request.addresses = policy.addressesToTry(try await addresses(of: origin.host, for: request))
        }
        let taken = began.duration(to: .now)
        request.totalLimit = try request.totalLimit.map { try Self.left(of: $0, after: taken) }
        request.connectLimit = try request.connectLimit.map { try Self.left(of: $0, after: taken) }
        guard let proxy else { return request }
        // What the proxy connects to cannot be looked at when that happens, so it is before.
        request.addresses = request.addresses.filter { policy.mayDial($0, guardedBy: rules) }
        guard !request.addresses.isEmpty else {
            throw TransferError(.addressRefused, "\(origin.host) is at no address that may be spoken to.")
        }
        request.proxy = proxy
        let place = URLOrigin("http://\(proxy)")
        request.allowsAddress = { address, port in address == place?.host && port == place?.port }
        return request
    }

    private func addresses(of host: String, for request: TransferRequest) async throws -> [String] {
        let limit = [request.connectLimit, request.totalLimit].compactMap(\.self).min() ?? Self.patience
        do {
            return try await resolver.addresses(of: host, within: limit)
        } catch let failure as NameResolver.Failure {
            throw TransferError(.nameResolution, failure.message)
        }
    }

    private static func left(of limit: Duration, after taken: Duration) throws -> Duration {
        guard taken < limit else {
            throw TransferError(.connectTimeout, "The limit ran out while the name was being resolved.")
        }
        return limit - taken
    }
}
