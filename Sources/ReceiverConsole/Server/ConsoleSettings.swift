/// Where a console listens, and for whom.
package struct ConsoleSettings: Sendable, Hashable {
    /// The address to listen on; anything but a loopback address lets the network in.
    package var host: String
    /// The port; 0 lets the kernel pick one.
    package var port: Int
    /// Further names under which browsers may call it, besides loopback's and `host`.
    package var names: [String]
    /// How often a silent stream of events shows that it is alive.
    package var heartbeat: Duration
    /// How large the body of a call may be.
    package var bodyLimit: Int
    /// The longest time a call may wait for a request.
    package var longestWait: Duration

    /// Makes settings; without any, only this machine can call.
    package init(
        host: String = "127.0.0.1",
        port: Int = 0,
        names: [String] = [],
        heartbeat: Duration = .seconds(15),
        bodyLimit: Int = 1 << 20,
        longestWait: Duration = .seconds(600)
    ) {
        self.host = host
        self.port = port
        self.names = names
        self.heartbeat = heartbeat
        self.bodyLimit = bodyLimit
        self.longestWait = longestWait
    }
}
