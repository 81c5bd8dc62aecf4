import DeliveryScenarios
import Notation
import ReceiverConsole

extension ReceiveSession {
    /// Begins the origin of a script that a file gave.
    static let fileOrigin = "the file "

    /// Reads the script file again whenever it has changed, until the task is cancelled.
    func followFile(
        _ path: String,
        play: @Sendable (ScenarioEndpoint, ScriptSource?) async throws -> Void
    ) async {
        var watch = FileWatch(path: path)
        while true {
            do { try await Task.sleep(for: FileWatch.pause) } catch { return }
            guard watch.look() else { continue }
            do {
                let reading = try settings.script.read()
                let endpoints = try settings.script.fitted(reading, to: settings.options)
                if let difference = Self.difference(of: endpoints, from: settings.endpoints) {
                    refuse("\(difference); end and start again for that", from: path)
                    continue
                }
                for endpoint in endpoints {
                    scripts.change(to: endpoint.script, at: endpoint.name)
                    try await play(endpoint, reading.source)
                    queue.tell(.script(endpoint.script, of: nameIfNeeded(endpoint.name), from: path))
                }
            } catch let mistakes as DiagnosticList {
                let problem = settings.script.rendered(mistakes.diagnostics)
                StandardStreams.complain(problem)
                queue.tell(.wrongScript(problem, from: path))
            } catch {
                refuse("\(error)", from: path)
            }
        }
    }

    /// Notices scripts that the page or the control API gives a receiver, until the task is cancelled.
    func followPage(_ registry: EndpointRegistry) async {
        for await entry in registry.journal.subscribe(includingRequests: false) {
            guard case .scriptChanged(let change) = entry.kind, !change.origin.hasPrefix(Self.fileOrigin),
                scripts.script(of: entry.endpoint) != nil
            else { continue }
            do {
                let source = try await registry.endpoint(entry.endpoint).source
                guard var script = try source?.read() else { continue }
                if script.keys.isEmpty { script.keys = settings.options.keys }
                scripts.change(to: script, at: entry.endpoint)
                queue.tell(.script(script, of: nameIfNeeded(entry.endpoint), from: change.origin))
            } catch {
                // A script that was taken can be read; another one may have come meanwhile, which tells itself.
                continue
            }
        }
    }

    private func nameIfNeeded(_ endpoint: String) -> String? { settings.endpoints.count > 1 ? endpoint : nil }

    private func refuse(_ why: String, from path: String) {
        StandardStreams.complain("hookassay: \(path): \(why)")
        queue.tell(.wrongScript(why, from: path))
    }

    /// What of the endpoints beside their scripts has changed, which an open receiver cannot follow.
    private static func difference(of new: [ScenarioEndpoint], from old: [ScenarioEndpoint]) -> String? {
        guard new.map(\.name) == old.map(\.name) else { return "it has other endpoints now" }
        for (new, old) in zip(new, old) {
            if new.identity != old.identity { return "the certificate of the endpoint '\(new.name)' is another now" }
            if new.offersHTTP2 != old.offersHTTP2 { return "HTTP/2 was switched at the endpoint '\(new.name)'" }
        }
        return nil
    }
}
