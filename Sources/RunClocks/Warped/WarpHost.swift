import Glibc

/// What a process does before it can have a warped session.
package enum WarpHost {
    /// Blocks SIGCHLD, which the controller reads from a descriptor instead.
    ///
    /// To be called before the process has a second thread: threads inherit what is blocked.
    package static func prepare() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGCHLD)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
