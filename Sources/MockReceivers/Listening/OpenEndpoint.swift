import DeliveryEvidence
import DeliveryScenarios
import RunClocks

/// An endpoint that is open: everything that must be reached to change or to end it.
final class OpenEndpoint: Sendable {
    let desk: EndpointDesk
    private let identities: ServerIdentities
    private let port: ReceiverPort
    private let connections: OpenConnections
    private let signals: AsyncStream<Void>.Continuation
    private let errands: AsyncStream<@Sendable () async -> Void>.Continuation

    init(
        desk: EndpointDesk,
        identities: ServerIdentities,
        port: ReceiverPort,
        connections: OpenConnections,
        signals: AsyncStream<Void>.Continuation,
        errands: AsyncStream<@Sendable () async -> Void>.Continuation
    ) {
        self.desk = desk
        self.identities = identities
        self.port = port
        self.connections = connections
        self.signals = signals
        self.errands = errands
    }

    /// Begins another script with the next request.
    func play(_ script: ReplyScript) async {
        do {
            try identities.prepare(for: ScriptSummary(script).handshakeFaults)
        } catch {
            desk.recordFailure("a certificate for the script could not be made: \(error)")
        }
        desk.script.replace(by: script, at: desk.now)
        await port.narrow()
        planOutages()
        signals.yield()
    }

    /// Has the port put out of order at the times the script has set, unless another script is played by then.
    func planOutages() {
        let planned = desk.script.summary
        for (outage, begins) in desk.script.plannedOutages {
            errands.yield { [self] in
                let begin = RunInstant(sinceStart: .nanoseconds(begins.nanoseconds))
                // Only the end of the scope throws here.
                do { try await desk.clock.sleep(until: begin, tolerance: nil) } catch { return }
                guard desk.script.summary === planned, await port.begin(outage) else { return }
                await suffer(outage)
            }
        }
    }

    /// Begins the outage that is due now; `nil` when none is.
    func beginOutage() async -> PortOutage? {
        guard let outage = desk.script.outage(at: desk.now), await port.begin(outage) else { return nil }
        return outage
    }

    /// Puts the port back in order after each outage, and out of order when the next is due, until the endpoint is closed.
    ///
    /// - Parameter first: the outage that the script begins with.
    func watch(_ dueTimes: AsyncStream<Void>, after first: PortOutage?) async {
        if let first {
            await suffer(first)
            await sufferAllThatIsDue()
        }
        for await _ in dueTimes { await sufferAllThatIsDue() }
    }

    /// One outage may follow right after another.
    private func sufferAllThatIsDue() async {
        while let outage = await beginOutage() { await suffer(outage) }
    }

    /// Waits for the end of an outage that has begun.
    private func suffer(_ outage: PortOutage) async {
        // Only the end of the scope throws here; the port is then closed for good.
        do { try await desk.clock.sleep(for: outage.duration, tolerance: nil) } catch { return }
        await port.end(outage)
    }

    /// Closes the port and then every connection; returns when all is recorded.
    func close() async {
        signals.finish()
        await port.close()
        await connections.closeAll()
    }
}
