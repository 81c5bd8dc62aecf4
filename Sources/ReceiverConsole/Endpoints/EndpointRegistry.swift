package import DeliveryEvidence
package import DeliveryScenarios
import FoundationEssentials
package import MockReceivers
import Notation

/// The endpoints that are open, each with its own port, script, journal and, where asked for, evidence file.
package actor EndpointRegistry {
    package nonisolated let journal: LiveJournal
    package nonisolated let settings: EndpointSettings
    /// The certificate of the authority that issued the endpoints' certificates, in PEM.
    package nonisolated let caPEM: String
    private let scope: ReceiverScope
    private let keepings: AsyncStream<EvidenceKeeping>.Continuation
    private var open: [String: OpenEndpoint] = [:]
    /// In the order they were opened, those being opened included.
    private var order: [String] = []
    private var isOver = false
    /// Evidence files that are asked for and not there yet.
    private var awaited: [String: EvidenceKeeping] = [:]

    private struct OpenEndpoint {
        var state: EndpointState
        let receiver: MockReceiver
        let endpoint: ScenarioEndpoint
        let keeping: EvidenceKeeping?
        let destination: EvidenceDestination?
        let redactor: Redactor
        var secrets: ScriptSecrets
    }

    fileprivate init(
        scope: ReceiverScope,
        journal: LiveJournal,
        caPEM: String,
        settings: EndpointSettings,
        keepings: AsyncStream<EvidenceKeeping>.Continuation
    ) {
        self.scope = scope
        self.journal = journal
        self.caPEM = caPEM
        self.settings = settings
        self.keepings = keepings
    }

    /// The open endpoints in the order they were opened.
    package var endpoints: [EndpointState] { order.compactMap { open[$0]?.state } }

    /// The endpoint with that id.
    ///
    /// - Throws: an `EndpointError` when there is none.
    package func endpoint(_ id: String) throws(EndpointError) -> EndpointState { try found(id).state }

    /// Opens an endpoint; it answers when this returns.
    ///
    /// - Throws: an `EndpointError`.
    package func open(_ order: EndpointOrder) async throws -> EndpointState {
        let id = try reserve(order.id)
        var keeping: EvidenceKeeping?
        do {
            var endpoint = order.endpoint
            endpoint.name = id
            let secrets = ScriptSecrets(endpoint.script)
            secrets.register(in: order.redactor)
            keeping = try keep(order.evidencePath, redactor: order.redactor, for: id)
            defer { awaited[id] = nil }
            let ownLog = try await keeping?.log().sink(for: id)
            let sink = journal.sink(
                for: id,
                passingTo: order.destination?.sink ?? ownLog,
                inspecting: order.inspecting,
                redactor: order.redactor
            )
            let receiver = try await scope.open(
                endpoint,
                address: .any(host: order.host, port: order.port),
                sink: sink,
                signatures: order.signatures
            )
            let state = EndpointState(
                id: id,
                name: order.name,
                url: receiver.url,
                port: receiver.port,
                identity: endpoint.identity.rawValue,
                offersHTTP2: endpoint.offersHTTP2,
                source: order.source.map { $0.with(text: secrets.hidden(in: $0.text)) },
                openedAt: Date(),
                hasEvidenceFile: keeping != nil || order.destination != nil
            )
            guard !isOver else {
                await scope.close(receiver)
                throw CancellationError()
            }
            open[id] = OpenEndpoint(
                state: state,
                receiver: receiver,
                endpoint: endpoint,
                keeping: keeping,
                destination: order.destination,
                redactor: order.redactor,
                secrets: secrets
            )
            return state
        } catch {
            self.order.removeAll { $0 == id }
            journal.close(id)
            await keeping?.end()
            if let error = error as? ReceiverError {
                throw EndpointError(problem: .cannotListen, message: "\(error)")
            }
            throw error
        }
    }

    /// Closes an endpoint: its connections are cut, its port refuses, its evidence file is complete, its journal is gone.
    ///
    /// - Throws: an `EndpointError` when there is none.
    package func close(_ id: String) async throws(EndpointError) {
        let endpoint = try found(id)
        open[id] = nil
        order.removeAll { $0 == id }
        await scope.close(endpoint.receiver)
        journal.close(id)
        await endpoint.keeping?.end()
    }

    /// Gives an endpoint another script; it begins with the next request, from its beginning.
    ///
    /// - Parameter origin: who changes it, such as `the file failing.yaml`.
    /// - Throws: an `EndpointError` when there is no such endpoint.
    package func play(
        _ script: ReplyScript,
        at id: String,
        source: ScriptSource?,
        origin: String
    ) async throws(EndpointError) {
        var endpoint = try found(id)
        var script = script
        if script.keys.isEmpty { script.keys = settings.keys }
        endpoint.secrets = ScriptSecrets(script)
        endpoint.secrets.register(in: endpoint.redactor)
        endpoint.state.source = source.map { $0.with(text: endpoint.secrets.hidden(in: $0.text)) }
        open[id] = endpoint
        await endpoint.receiver.play(script)
        let text = endpoint.state.source?.text ?? "a script that is not written down"
        journal.noteScript(of: id, ScriptChange(text: text, origin: origin))
    }

    /// Reads a script and gives it to an endpoint; secrets that were shown as words are what they were.
    ///
    /// - Throws: a `DiagnosticList` with every mistake, or an `EndpointError` when there is no such endpoint.
    package func play(_ source: ScriptSource, at id: String, origin: String) async throws {
        let endpoint = try found(id)
        let whole = source.with(text: endpoint.secrets.revealed(in: source.text))
        try await play(try whole.read(for: endpoint.endpoint), at: id, source: whole, origin: origin)
    }

    /// The file with an endpoint's evidence, with everything recorded until now in it; `nil` when it has none.
    package func evidenceFile(of id: String) async throws -> String? {
        let endpoint = try found(id)
        if let destination = endpoint.destination {
            await destination.flush()
            return destination.path
        }
        guard let keeping = endpoint.keeping else { return nil }
        await (try keeping.log()).flush()
        return keeping.path
    }

    /// What takes the secrets out of whatever is shown of an endpoint.
    package func redactor(of id: String) throws(EndpointError) -> Redactor { try found(id).redactor }

    private func found(_ id: String) throws(EndpointError) -> OpenEndpoint {
        guard let endpoint = open[id] else { throw .unknown(id) }
        return endpoint
    }

    private func reserve(_ wanted: String?) throws -> String {
        guard !isOver else { throw CancellationError() }
        guard order.count < settings.most else {
            throw EndpointError(
                problem: .tooMany,
                message: "\(settings.most) endpoints are open, which is the limit; delete some that are no longer used."
            )
        }
        if let wanted, order.contains(wanted) || !EndpointID.isLawful(wanted) {
            throw EndpointError(
                problem: .idTaken,
                message: "The id '\(VisibleText.of(wanted, atMost: 64))' cannot be used: it is taken,"
                    + " or not made of at most 64 letters, digits, dashes, dots and underscores."
            )
        }
        var id = wanted ?? EndpointID.drawn()
        while order.contains(id) { id = EndpointID.drawn() }
        order.append(id)
        return id
    }

    private func keep(_ path: String?, redactor: Redactor, for id: String) throws -> EvidenceKeeping? {
        guard let path else { return nil }
        let keeping = EvidenceKeeping(path: path, redactor: redactor)
        guard case .enqueued = keepings.yield(keeping) else {
            keeping.abandon()
            throw CancellationError()
        }
        awaited[id] = keeping
        return keeping
    }

    /// Nobody opens evidence files any more; whoever waits for one is told.
    fileprivate func abandonFiles() {
        for keeping in awaited.values { keeping.abandon() }
    }

    fileprivate func closeAll() async {
        isOver = true
        for id in order {
            // One that is being opened sees for itself that all is over.
            do { try await close(id) } catch { continue }
        }
    }
}

/// Runs `body` with a registry of endpoints that are opened in `scope`, and closes them all again.
///
/// When it returns, the evidence files are complete. `journal` must count on the clock of the scope.
package func withEndpointRegistry<Outcome>(
    scope: ReceiverScope,
    journal: LiveJournal,
    caPEM: String,
    settings: EndpointSettings = EndpointSettings(),
    body: (EndpointRegistry) async throws -> Outcome
) async throws -> Outcome {
    let (keepings, entry) = AsyncStream.makeStream(of: EvidenceKeeping.self)
    let registry = EndpointRegistry(scope: scope, journal: journal, caPEM: caPEM, settings: settings, keepings: entry)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            await withDiscardingTaskGroup { files in
                for await keeping in keepings { files.addTask { await keeping.run() } }
                await registry.abandonFiles()
            }
        }
        let outcome: Result<Outcome, any Error>
        do {
            outcome = .success(try await body(registry))
        } catch {
            outcome = .failure(error)
        }
        await registry.closeAll()
        entry.finish()
        try await group.waitForAll()
        return try outcome.get()
    }
}
