import Hummingbird
package import NIOCore

/// Runs the dispatcher's tasks on the threads that serve its sockets.
///
/// On Linux, Swift's own threads come with a watch of libdispatch that looks at them every second for as long as the
/// process lives. A dispatcher spends its days waiting, and what waits should sleep; under a clock that jumps to whatever
/// is waited for, each of these looks would be a jump.
package final class SocketThreads: TaskExecutor {
    /// The executor of the process.
    package static let shared = SocketThreads()

    /// The event loops, one for each processor.
    package let loops: any EventLoopGroup = EventLoopGroupProvider.singleton.eventLoopGroup

    private init() {}

    /// Runs a job on one of the event loops.
    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loops.next().execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// Runs `work` as a task on these threads, and blocks the calling one until it is done.
    ///
    /// It is for the main thread of a program, which has nothing else to do.
    package func wait<Result: Sendable>(for work: @escaping @Sendable () async -> Result) throws -> Result {
        let promise = loops.any().makePromise(of: Result.self)
        Task(executorPreference: self) { promise.succeed(await work()) }
        return try promise.futureResult.wait()
    }
}
