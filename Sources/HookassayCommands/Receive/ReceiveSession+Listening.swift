import DeliveryEvidence
import DeliveryScenarios
import Foundation
import MockReceivers
import PacketCapturing
import ReceiverConsole

extension ReceiveSession {
    /// Opens the receivers, and the page after them; returns when it is to end.
    ///
    /// - Throws: what keeps one of them from being opened.
    func listen() async throws {
        warnOfOpenDoor()
        let capture = try settings.pcap.map { path throws(CaptureError) in
            try ReceiveCapture(path: path, hasTLS: settings.hasTLS)
        }
        try await withReceiverScope(authority: settings.authority, clock: clock, keyLog: capture?.keyLog) { scope in
            if let port = settings.controlPort {
                try await listen(in: scope, pageAt: port, capture)
            } else {
                try await listen(in: scope, capture)
            }
        }
        finish(capture)
    }

    private func warnOfOpenDoor() {
        guard !settings.isLoopback else { return }
        let host = ShownText.of(settings.host)
        StandardStreams.complain(
            """
            hookassay: warning: listening on \(host): whatever is sent here, by whoever can reach this host, is recorded, \
            headers and bodies included
            """
        )
    }

    private func listen(in scope: ReceiverScope, _ capture: ReceiveCapture?) async throws {
        var opened: [String: MockReceiver] = [:]
        for (index, endpoint) in settings.endpoints.enumerated() {
            let receiver = try await scope.open(
                endpoint,
                address: settings.address(at: index),
                sink: sink,
                signatures: settings.signatures
            )
            opened[endpoint.name] = receiver
            try begin(capture, endpoint, url: receiver.url, port: receiver.port)
        }
        queue.tell(.ready())
        let receivers = opened
        await attend(capture) { endpoint, _ in await receivers[endpoint.name]?.play(endpoint.script) }
    }

    /// The receivers first: whoever waits for them need not wait for the page.
    private func listen(in scope: ReceiverScope, pageAt port: Int, _ capture: ReceiveCapture?) async throws {
        try await withEndpointRegistry(
            scope: scope,
            journal: LiveJournal(clock: clock),
            caPEM: settings.authority.caPEM,
            settings: EndpointSettings(keys: settings.options.keys)
        ) { registry in
            for (index, endpoint) in settings.endpoints.enumerated() {
                let receiver = try await registry.open(order(endpoint, at: index))
                try begin(capture, endpoint, url: receiver.url, port: receiver.port)
            }
            try await withConsoleServer(registry: registry, settings: ConsoleSettings(port: port)) { port in
                queue.tell(.page("http://127.0.0.1:\(port)/"))
                queue.tell(.ready())
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { await self.followPage(registry) }
                    await attend(capture) { endpoint, source in
                        let origin = Self.fileOrigin + (self.settings.script.path ?? "")
                        try await registry.play(endpoint.script, at: endpoint.name, source: source, origin: origin)
                    }
                    group.cancelAll()
                }
            }
        }
    }

    private func order(_ endpoint: ScenarioEndpoint, at index: Int) -> EndpointOrder {
        let address = settings.address(at: index)
        return EndpointOrder(
            id: endpoint.name,
            name: settings.script.path ?? "hookassay receive",
            endpoint: endpoint,
            host: address.host,
            port: address.port,
            source: settings.source,
            inspecting: settings.signatures?.inspection,
            signatures: settings.signatures,
            destination: EvidenceDestination(sink: sink, path: evidencePath) { [log] in await log.flush() },
            redactor: settings.redactor
        )
    }

    private func begin(_ capture: ReceiveCapture?, _ endpoint: ScenarioEndpoint, url: String, port: Int) throws {
        try capture?.begin(port: port)
        try writeAuthority()
        queue.tell(.listening(endpoint, url: url, port: port, settings))
    }

    private func writeAuthority() throws {
        guard let path = settings.caOut else { return }
        do {
            try Data(settings.authority.caPEM.utf8).write(to: URL(filePath: path))
        } catch {
            StandardStreams.complain(
                "hookassay: cannot write the authority's certificate to '\(path)'; name another file with --ca-out"
            )
            throw ExitStatus.failed.exit
        }
    }

    /// Does what there is to do while the receivers answer.
    ///
    /// - Parameter play: gives a receiver another script.
    private func attend(
        _ capture: ReceiveCapture?,
        play: @escaping @Sendable (ScenarioEndpoint, ScriptSource?) async throws -> Void
    ) async {
        await withTaskGroup(of: Void.self) { group in
            if let path = settings.script.path { group.addTask { await self.followFile(path, play: play) } }
            if let duration = settings.duration { group.addTask { await self.endAfter(duration) } }
            if let capture { group.addTask { await self.drain(capture) } }
            await waitForEnd()
            group.cancelAll()
        }
    }

    private func drain(_ capture: ReceiveCapture) async {
        do {
            try await capture.drain()
        } catch is CancellationError {
            return
        } catch {
            noteFailure("the capture is incomplete: \(error)")
        }
    }

    private func finish(_ capture: ReceiveCapture?) {
        guard let capture else { return }
        do {
            if let lack = try capture.finish() { noteFailure("the capture is incomplete: \(lack)") }
        } catch {
            noteFailure("the capture is incomplete: \(error)")
        }
    }
}
