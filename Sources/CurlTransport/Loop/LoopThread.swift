import CCurl
import Glibc

/// What a new thread is to run, as the object that `pthread_create` can carry.
final class LoopThread: Sendable {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) {
        self.run = run
    }
}

/// The start routine of a `LoopThread`, which it takes over.
func loopThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    // libcurl is told to leave signals alone (CURLOPT_NOSIGNAL), so a write to a closed socket must not raise one here
    // nor in the resolver threads, which inherit this mask.
    var mask = sigset_t()
    sigemptyset(&mask)
    sigaddset(&mask, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &mask, nil)
    Unmanaged<LoopThread>.fromOpaque(argument).takeRetainedValue().run()
    return nil
}

/// libcurl's process-wide state.
enum CurlLibrary {
    /// The result of starting libcurl, which happens once and thread-safely, when this is first read.
    static let start = curl_global_init(Int(CURL_GLOBAL_ALL))
}
