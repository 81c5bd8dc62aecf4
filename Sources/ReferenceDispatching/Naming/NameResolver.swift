import Glibc
import NIOCore
import NIOPosix

/// Finds the addresses of names, by one DNS server or by the system.
package struct NameResolver: Sendable {
    /// Why a name has no address.
    package struct Failure: Error, Sendable, Hashable {
        /// What happened, in a sentence.
        package var message: String
    }

    private let server: SocketAddress?
    private let group: any EventLoopGroup

    /// How often the server is asked before it counts as silent.
    private static let tries = 2
    /// The longest that an answer is waited for at a time.
    private static let patience = Duration.seconds(2)

    /// Asks the system.
    package static let system = NameResolver(server: nil)

    /// Asks the DNS server at `host:port`, an IP address and a UDP port; nil when the text is no such pair.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (1...65535).contains(port)
        else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard let address = try? SocketAddress(ipAddress: host, port: port) else { return nil }
        self.init(server: address)
    }

    private init(server: SocketAddress?) {
        self.server = server
        group = MultiThreadedEventLoopGroup.singleton
    }

    /// Whether names are asked of a server of its own and not of the system.
    package var hasServer: Bool { server != nil }

    /// The IP addresses of a name, IPv6 first, at least one.
    ///
    /// - Parameter limit: how long it may take in all.
    /// - Throws: a `Failure`, or `CancellationError`.
    package func addresses(of name: String, within limit: Duration) async throws -> [String] {
        if AddressRules.isLocalName(name) { return AddressRules.addressesOfLocalhost }
        let found =
            if let server { try await ask(server, for: name, within: limit) } else { try await askSystem(for: name) }
        guard !found.isEmpty else { throw Failure(message: "The name \(name) has no address.") }
        return found
    }

    private func ask(_ server: SocketAddress, for name: String, within limit: Duration) async throws -> [String] {
        let bare = name.hasSuffix(".") ? String(name.dropLast()) : name
        for _ in 0..<Self.tries {
            let queries = NameQuery.Family.allCases.reversed().compactMap { family in
                NameQuery(bare, family, id: UInt16.random(in: .min ... .max))
            }
            guard !queries.isEmpty else { throw Failure(message: "The name \(name) cannot be that of a host.") }
            let patience = min(Self.patience, limit / Self.tries)
            let answers = try await exchange(queries, with: server, within: patience)
            if let addresses = try addresses(in: answers, of: queries, name) { return addresses }
        }
        throw Failure(message: "The name server did not answer the question for \(name).")
    }

    /// What the answers come to; nil when too little is known to say.
    private func addresses(
        in answers: [NameQuery: NameQuery.Answer],
        of queries: [NameQuery],
        _ name: String
    )
        throws(Failure) -> [String]?
    {
        var found: [String] = []
        for case .addresses(let addresses)? in queries.map({ answers[$0] }) { found += addresses.map(Self.text) }
        guard found.isEmpty else { return found }
        if answers.values.contains(.notFound) { throw Failure(message: "There is no name \(name).") }
        for case .failure(let code) in answers.values {
            throw Failure(message: "The name server failed at the name \(name) (code \(code)).")
        }
        return answers.count == queries.count ? [] : nil
    }

    /// Sends queries and collects what is answered until all are, or the time is up.
    private func exchange(
        _ queries: [NameQuery],
        with server: SocketAddress,
        within limit: Duration
    ) async throws -> [NameQuery: NameQuery.Answer] {
        typealias Datagram = AddressedEnvelope<ByteBuffer>
        let any = server.protocol == .inet6 ? "::" : "0.0.0.0"
        let channel = try await DatagramBootstrap(group: group).bind(host: any, port: 0) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<Datagram, Datagram>(wrappingChannelSynchronously: channel)
            }
        }
        return try await channel.executeThenClose { inbound, outbound in
            for query in queries {
                try await outbound.write(Datagram(remoteAddress: server, data: ByteBuffer(bytes: query.bytes)))
            }
            return try await withThrowingTaskGroup(of: [NameQuery: NameQuery.Answer]?.self) { group in
                let (answers, entry) = AsyncStream.makeStream(of: (NameQuery, NameQuery.Answer).self)
                group.addTask {
                    var left = Set(queries)
                    for try await datagram in inbound where datagram.remoteAddress == server {
                        let bytes = Array(datagram.data.readableBytesView)
                        guard let query = left.first(where: { $0.answer(bytes) != nil }),
                            let answer = query.answer(bytes)
                        else { continue }
                        entry.yield((query, answer))
                        left.remove(query)
                        if left.isEmpty { break }
                    }
                    return nil
                }
                group.addTask {
                    try await Task.sleep(for: limit)
                    return nil
                }
                // Whichever of the two is over first ends the other.
                _ = try await group.next()
                group.cancelAll()
                entry.finish()
                var known: [NameQuery: NameQuery.Answer] = [:]
                for await (query, answer) in answers { known[query] = answer }
                return known
            }
        }
    }

    /// Asks `getaddrinfo`, which waits, on a thread that is there for it.
    private func askSystem(for name: String) async throws -> [String] {
        try await NIOThreadPool.singleton.runIfActive {
            var hints = addrinfo()
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
            var list: UnsafeMutablePointer<addrinfo>?
            let code = getaddrinfo(name, nil, &hints, &list)
            guard code == 0 else {
                throw Failure(message: "The name \(name) is not resolved: \(String(cString: gai_strerror(code))).")
            }
            defer { freeaddrinfo(list) }
            var found: [String] = []
            var next = list
            while let entry = next {
                var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
                let length = socklen_t(text.count)
                let info = entry.pointee
                if getnameinfo(info.ai_addr, info.ai_addrlen, &text, length, nil, 0, NI_NUMERICHOST) == 0 {
                    let address = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                    if !found.contains(address) { found.append(address) }
                }
                next = info.ai_next
            }
            return found
        }
    }

    private static func text(_ address: [UInt8]) -> String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = address.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, address, &text, socklen_t(text.count)) != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
