import CurlTransport
import Notation
import RunClocks

/// Waits until a started process can be used.
struct ReadinessWatch {
    /// From one question to the next.
    static let interval = Duration.milliseconds(50)

    var readiness: Readiness
    var placeholders: Placeholders
    var transport: CurlTransport
    var clock: any RunClock

    /// Returns what the sign of readiness captured, if anything.
    ///
    /// - Parameter others: Processes that must go on meanwhile.
    /// - Throws: `DispatcherError` when the process or one of the others ends first, or the time is over.
    func wait(for process: HostedProcess, beside others: [HostedProcess]) async throws -> Placeholders {
        try await withThrowingTaskGroup(of: Placeholders.self) { group in
            group.addTask {
                try await clock.sleep(until: clock.now.advanced(by: readiness.within), tolerance: nil)
                throw DispatcherError(
                    "\(process.launch.subject) was not ready within \(DurationNotation.text(readiness.within)); "
                        + "waited for \(awaited)",
                    wayOut: "see its output in the evidence, or raise `within` under `ready`"
                )
            }
            for other in others {
                group.addTask { throw try await end(of: other, DispatcherError.endedByItself) }
            }
            if case .line(let pattern) = readiness.sign {
                group.addTask { try await line(TemplateText(pattern), from: process) }
            } else {
                group.addTask { try await answer() }
                group.addTask { throw try await end(of: process, DispatcherError.neverReady) }
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
        case .port(let port): "a connection to port \(port)"
        case .socket(let path): "a connection to the socket \(path)"
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
        throw try await end(of: process, DispatcherError.neverReady)
    }

    /// Asks until the answer is the sign of readiness.
    private func answer() async throws -> Placeholders {
        switch readiness.sign {
        case .line: break
        case .http(let url):
            let url = try placeholders.fill(url)
            while try await !isAnswering(url) { try await pause() }
        case .port(let text):
            let text = try placeholders.fill(text)
            guard let port = UInt16(text) else { throw DispatcherError("'\(text)' is no port to wait for") }
            try await connects { LoopbackConnection(port: port) }
        case .socket(let path):
            let path = try placeholders.fill(path)
            try await connects { LoopbackConnection(path: path) }
        }
        return Placeholders()
    }

    private func isAnswering(_ url: String) async throws -> Bool {
        var request = TransferRequest(method: "GET", url: url)
        request.totalLimit = .seconds(5)
        do {
            return (200..<300).contains(try await transport.send(request).status)
        } catch let error as TransferError {
            switch error.kind {
            case .cancelled: throw CancellationError()
            case .badRequest, .shutDown: throw DispatcherError("cannot ask \(url): \(error.message)")
            // Nobody listens yet: the reason to ask again.
            default: return false
            }
        }
    }

    private func connects(_ connect: () -> LoopbackConnection?) async throws {
        while true {
            let connection = connect()
            if connection?.isOpen == true { return }
            try await pause()
            // What was on its way has had its time.
            if connection?.isOpen == true { return }
        }
    }

    private func pause() async throws {
        try await clock.sleep(until: clock.now.advanced(by: Self.interval), tolerance: nil)
    }

    /// Waits for the end of a process and says what that means.
    private func end(
        of process: HostedProcess,
        _ error: (Launch, ProcessEnd, String?) -> DispatcherError
    ) async throws -> DispatcherError {
        await process.waitForEnd()
        guard let end = process.end else { throw CancellationError() }
        return error(process.launch, end, process.lastLine)
    }
}
