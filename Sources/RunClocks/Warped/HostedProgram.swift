import Glibc

/// A program of the session and this end of its pipes.
///
/// Belongs to the controller's thread.
final class HostedProgram {
    private let program: WarpProgram
    /// Where its output is read; closed once it has ended.
    private(set) var output: Int32
    /// Where its input is written; -1 once all of it has been.
    private(set) var input: Int32
    private var unwritten: ArraySlice<UInt8>

    /// Starts a program under `engine`.
    ///
    /// - Returns: the program and its process id; `nil` when it could not be started, which it has been told then.
    static func start(_ program: WarpProgram, under engine: WarpEngine) -> (HostedProgram, Int32)? {
        guard let input = Pipe(), let output = Pipe() else {
            program.onEnd(.notStarted(errno))
            return nil
        }
        let result = engine.launch(program, input: input.reading, output: output.writing)
        close(input.reading)
        close(output.writing)
        switch result {
        case .success(let processID):
            _ = fcntl(input.writing, F_SETFL, O_NONBLOCK)
            _ = fcntl(output.reading, F_SETFL, O_NONBLOCK)
            let hosted = HostedProgram(program, input: input.writing, output: output.reading)
            program.onStart(processID)
            hosted.feed()
            return (hosted, processID)
        case .failure(let failure):
            close(input.writing)
            close(output.reading)
            program.onEnd(.notStarted(failure.code))
            return nil
        }
    }

    private init(_ program: WarpProgram, input: Int32, output: Int32) {
        self.program = program
        self.input = input
        self.output = output
        unwritten = program.input[...]
    }

    /// Writes as much input as the pipe takes; closes it after the last, or when nobody reads it.
    func feed() {
        while input >= 0 {
            guard !unwritten.isEmpty else { return endInput() }
            let count = unwritten.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EAGAIN { return }
                if errno == EINTR { continue }
                return endInput()
            }
            unwritten = unwritten.dropFirst(count)
        }
    }

    /// Passes on what it has written by now, at most about a megabyte.
    ///
    /// - Returns: whether there was anything.
    func drain() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        for round in 0..<64 {
            let count = read(output, &buffer, buffer.count)
            guard count > 0 else { return round > 0 }
            program.onOutput(Array(buffer[..<count]))
        }
        return true
    }

    /// Passes on the last output and tells of the end.
    func end(_ status: Int32) {
        while drain() {}
        endInput()
        close(output)
        output = -1
        let signal = status & 0x7f
        program.onEnd(signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal))
    }

    private func endInput() {
        if input >= 0 { close(input) }
        input = -1
    }
}
