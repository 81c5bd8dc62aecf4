/// A program to be started under the warped clock, and who is told of it.
///
/// The closures are called on the controller's thread and must not wait.
package struct WarpProgram: Sendable {
    /// The program and its arguments.
    package var command: [String]
    /// Its whole environment.
    package var environment: [String: String]
    /// What goes to its standard input, which is closed after it.
    package var input: [UInt8]
    /// Called with the process id.
    package var onStart: @Sendable (Int32) -> Void
    /// Called with what it wrote to standard output and standard error, in order.
    package var onOutput: @Sendable ([UInt8]) -> Void
    /// Called once, after the last output.
    package var onEnd: @Sendable (WarpProgramEnd) -> Void

    package init(
        command: [String],
        environment: [String: String],
        input: [UInt8] = [],
        onStart: @escaping @Sendable (Int32) -> Void = { _ in },
        onOutput: @escaping @Sendable ([UInt8]) -> Void,
        onEnd: @escaping @Sendable (WarpProgramEnd) -> Void
    ) {
        self.command = command
        self.environment = environment
        self.input = input
        self.onStart = onStart
        self.onOutput = onOutput
        self.onEnd = onEnd
    }
}

/// How a program under the warped clock ended.
package enum WarpProgramEnd: Sendable, Hashable {
    /// With the error number of the system.
    case notStarted(Int32)
    case exited(Int32)
    case signalled(Int32)
}
