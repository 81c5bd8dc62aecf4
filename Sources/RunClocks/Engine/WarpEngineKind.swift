/// How programs are put under the warped clock.
package enum WarpEngineKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// At the kernel's boundary, by seccomp and ptrace: every language, static programs too.
    case trace
    /// In the program, by a library that is loaded before libc: where ptrace is refused.
    case preload
}
