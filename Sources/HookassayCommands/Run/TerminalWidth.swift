import Glibc

/// Asks the terminal how wide it is.
enum TerminalWidth {
    /// The columns of the terminal behind standard error; 80 when it does not say.
    static func ofStandardError() -> Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
