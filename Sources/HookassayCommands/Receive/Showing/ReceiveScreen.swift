import ArgumentParser
import Foundation
import Glibc

/// When colours are used.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    /// On a terminal, unless the environment variable NO_COLOR is set.
    case auto
    case always
    case never
}

/// What standard output can show.
struct ReceiveScreen: Sendable {
    let isColored: Bool
    private let isTerminal: Bool

    /// Lines to anything but a terminal are cut here all the same: a request's target may be long.
    private static let widest = 1000

    init(_ choice: ColorChoice) {
        isTerminal = isatty(STDOUT_FILENO) == 1
        let environment = ProcessInfo.processInfo.environment
        let isUnwanted = environment["NO_COLOR"]?.isEmpty == false || environment["TERM"] == "dumb"
        isColored =
            switch choice {
            case .auto: isTerminal && !isUnwanted
            case .always: true
            case .never: false
            }
    }

    /// How many cells a line may take at this moment; a terminal's window may change.
    var width: Int {
        var size = winsize()
        guard isTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return Self.widest
        }
        return max(40, Int(size.ws_col))
    }
}
