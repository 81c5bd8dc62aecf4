import CurlTransport
import Notation

/// Waits until a started dispatcher takes requests.
struct ReadinessWatch {
    var readiness: Readiness
    var placeholders: Placeholders
    var transport: CurlTransport

    /// Returns what the sign of readiness captured, if anything.
    ///
    /// - Throws: `DispatcherError` when the process ends first or the time is over.
    func wait(for process: HostedProcess) async throws -> Placeholders {
        try await withThrowingTaskGroup(of: Placeholders.self) { group in
            group.addTask {
                try await Task.sleep(for: readiness.within)
                throw DispatcherError(
                    "the dispatcher was not ready within \(DurationNotation.text(readiness.within)); waited for \(awaited)",
                    wayOut: "see its output in the evidence, or raise `within` under `ready`"
                )
            }
            switch readiness.sign {
            case .line(let pattern):
                group.addTask { try await line(TemplateText(pattern), from: process) }
            case .http(let url):
                group.addTask { try await answer(from: placeholders.fill(url)) }
                group.addTask { try await end(of: process) }
            }
            defer { group.cancelAll() }
            guard let captured = try await group.next() else { return Placeholders() }
            return captured
        }
    }

    private var awaited: String {
        switch readiness.sign {
        case .line(let pattern): "the line '\(pattern)'"
        case .http(let url): "a 2xx answer from \(url)"
        }
    }

    private func line(_ pattern: TemplateText, from process: HostedProcess) async throws -> Placeholders {
        for await news in process.news {
            guard case .line(let line) = news else { break }
            if let (name, value) = pattern.capture(from: line) { return Placeholders([name: .string(value)]) }
            if pattern.names.isEmpty, case .literal(let text)? = pattern.pieces.first, line.contains(text) {
                return Placeholders()
            }
        }
        return try await end(of: process)
    }

    private func answer(from url: String) async throws -> Placeholders {
        while true {
            var request = TransferRequest(method: "GET", url: url)
            request.totalLimit = .seconds(5)
            do {
                if (200..<300).contains(try await transport.send(request).status) { return Placeholders() }
            } catch let error as TransferError {
                switch error.kind {
                case .cancelled: throw CancellationError()
                case .badRequest, .shutDown: throw DispatcherError("cannot ask \(url): \(error.message)")
                // Nobody listens yet: the reason to ask again.
                default: break
                }
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func end(of process: HostedProcess) async throws -> Placeholders {
        await process.waitForEnd()
        guard let end = process.end else { throw CancellationError() }
        throw DispatcherError.neverReady(end, lastLine: process.lastLine)
    }
}
