import ProgramRunning
import Testing

/// What each program prints when every wait ends at its time: seconds by its own clock, then a result or an error number.
private let expected: [String: [String]] = [
    "alarms": [
        "replaced 40.000 60", "alarm 50.000 1", "setitimer 4.500 2", "setitimer 6.500 3", "setitimer 8.500 4",
        "left 2.000 every 2.000", "old 2.000", "outlived 25.000 1",
    ],
    "clocks": [
        "clock 0 3600.000 3600.000", "clock 1 3600.000 3600.000", "clock 2 0.000 0.000", "clock 3 0.000 0.000",
        "clock 4 3600.000 3600.000", "clock 5 3600.000 3600.000", "clock 6 3600.000 3600.000",
        "clock 7 3600.000 3600.000", "clock 8 3600.000 3600.000", "clock 9 3600.000 3600.000",
        "clock 11 3600.000 3600.000", "gettimeofday 3600.000", "time 3600", "backwards 0",
    ],
    "fork_storm": ["storm 60.000 300"],
    "futexes": [
        "wait 10.000 110", "wait-bitset 20.000 110", "wait-bitset-realtime 30.000 110", "past 0.000 110",
        "waitv 15.000 110", "lock-pi 12.000 110", "lock-pi2 13.000 110", "mutex 11.000 110", "condition 14.000 110",
        "condition-monotonic 16.000 110", "semaphore 17.000 110",
    ],
    "io_uring": ["io_uring_setup 38"],
    "new_programs": ["vfork 20.000 0", "system 15.000 0", "second 30.000 0"],
    "other_waits": [
        "semtimedop 10.000 11", "mq_timedreceive 20.000 110", "mq_timedsend 30.000 110", "sigtimedwait 40.000 11",
        "epoll_pwait2 5.500 0", "io_getevents 6.000 0",
    ],
    "posix_timers": [
        "signal 10.000 1", "signal 15.000 1", "signal 20.000 1", "left 5.000 every 5.000", "old 5.000 overrun 0",
        "absolute 120.000 1", "thread 140.000 2", "thread-id 190.000 3", "silent 198.000 0",
    ],
    "remaining_time": [
        "select 2.000 1", "left 8.000", "pselect6 2.000 1", "left 8.000", "ppoll 2.000 1", "left 8.000",
        "passed 7.500 0", "left 0.000", "nanosleep 3.000 4", "left 7.000", "clock_nanosleep 3.000 4", "left 7.000",
    ],
    "signals": [
        "handled 3.000 4", "again 10.000 0", "ignored 10.000 0", "by-default-ignored 10.000 0", "child 10.000 0",
        "ended 20.000 0",
    ],
    "socket_limits": [
        "told 10 16", "recv 10.000 11", "read 10.000 11", "send 40.000 11", "accept 30.000 11", "none 0",
    ],
    "stop_and_continue": [
        "nanosleep 10.000 0", "nanosleep 30.000 0", "poll 10.000 0", "poll 30.000 0", "futex 10.000 -1",
        "futex 30.000 -1",
    ],
    "timerfds": [
        "repeated 10.000 1", "repeated 15.000 1", "repeated 20.000 1", "left 5.000 every 5.000", "unread 36.000 3",
        "old 4.000", "unarmed 0.000", "absolute 50.000 1", "epoll 70.000 2", "closed 100.000 0", "child 30.000 1",
    ],
]

private let hasTrace = WarpedClock.engines.contains("trace")

@Suite(.enabled(if: SmallPrograms.hasCompiler, "there is no C compiler here"), .timeLimit(.minutes(20)))
struct `Waits under the trace engine` {
    @Test(.enabled(if: hasTrace, Comment(rawValue: WarpedClock.why)), arguments: expected.keys.sorted())
    func `end at their virtual time, and at once by the real one`(_ program: String) async throws {
        let session = try await SmallPrograms.run(program, engine: "trace")
        #expect(session.lines == expected[program])
        #expect(session.outcome.ended == "exit 0")
        #expect(session.outcome.jumps.forced == 0)
    }

    @Test(.enabled(if: hasTrace, Comment(rawValue: WarpedClock.why)))
    func `of which there are none and never will be end the session, which says who waits`() async throws {
        let session = try await SmallPrograms.run("silent", engine: "trace")
        #expect(session.status == 3)
        #expect(session.outcome.ended.hasPrefix("stuck: nothing will ever happen; who waits for what: 'silent'"))
        #expect(session.outcome.ended.contains("pause, no deadline"))
    }

    @Test(.enabled(if: hasTrace, Comment(rawValue: WarpedClock.why)))
    func `of a daemon go on by the same clock, until the session ends it`() async throws {
        let session = try await SmallPrograms.compiled("daemon") { daemon in
            try await SmallPrograms.run(["sh", "-c", "\(daemon); sleep 120"], engine: "trace")
        }
        #expect(session.lines == ["daemon 60.000 0"])
        #expect(session.outcome.ended == "exit 0")
        #expect((120..<121).contains(session.outcome.virtualSeconds))
    }

    @Test(.enabled(if: hasTrace, Comment(rawValue: WarpedClock.why)))
    func `of two hundred threads end each at its own time`() async throws {
        let session = try await SmallPrograms.run("many_threads", engine: "trace")
        let worst = try #require(session.lines.last?.split(separator: " ").compactMap { Double($0) }.first)
        #expect(worst < 5, "\(session.lines)")
        #expect(session.outcome.ended == "exit 0")
    }

    @Test(.enabled(if: hasTrace, Comment(rawValue: WarpedClock.why)))
    func `beyond the horizon end the session like a timeout`() async throws {
        let session = try await SmallPrograms.run(["sleep", "3h"], engine: "trace", horizon: "2h")
        #expect(session.status == 124)
        #expect(session.outcome.ended == "horizon")
        #expect(session.outcome.virtualSeconds < 7200)
    }
}

@Suite(.timeLimit(.minutes(20)))
struct `Programs under either engine` {
    @Test(.enabled(if: WarpedClock.isThere, Comment(rawValue: WarpedClock.why)), arguments: WarpedClock.engines)
    func `sleep for hours at once and end with their own status`(_ engine: String) async throws {
        let session = try await SmallPrograms.run(
            ["sh", "-c", "sleep 5h; date +%s >/dev/null; exit 7"],
            engine: engine
        )
        #expect(session.status == 7)
        #expect(session.outcome.clock == "warped:\(engine)")
        #expect((18_000..<18_001).contains(session.outcome.virtualSeconds))
    }

    @Test(
        .enabled(if: SmallPrograms.hasCompiler, "there is no C compiler here"),
        .enabled(if: WarpedClock.isThere, Comment(rawValue: WarpedClock.why)),
        arguments: WarpedClock.engines
    )
    func `that come and go all the time are never taken for waiting`(_ engine: String) async throws {
        let session = try await SmallPrograms.run("generations", engine: engine)
        #expect(session.lines == ["generations 0.000 40"])
        #expect(session.outcome.ended == "exit 0")
    }

    @Test(.enabled(if: WarpedClock.isThere, Comment(rawValue: WarpedClock.why)), arguments: WarpedClock.engines)
    func `that are not there are told as a shell tells it`(_ engine: String) async throws {
        let session = try await SmallPrograms.run(["/nowhere/program"], engine: engine)
        #expect(session.status == 127)
        #expect(session.outcome.ended == "not started: '/nowhere/program': no such file or directory")
    }
}
