import DeliveryEvidence

/// Brings every stamp of a history into a range whose differences and sums cannot overflow.
///
/// Evidence is a file, and a file can say anything; a judge that traps on it would hide every other verdict of the run.
enum HistoryBounds {
    /// About a hundred years, the longest duration a file can state.
    private static let latest: Int64 = 36500 * 86400 * 1_000_000_000

    /// More forced steps than this are not counted, so that their sum cannot overflow.
    private static let mostSteps = 1_000_000_000

    static func applied(to history: ScenarioHistory) -> ScenarioHistory {
        var bounded = history
        bounded.registrations = history.registrations.map(timed)
        bounded.changes = history.changes.map(timed)
        bounded.updates = history.updates.map(timed)
        bounded.redeliveries = history.redeliveries.map(timed)
        bounded.logReads = history.logReads.map(timed)
        bounded.emissions = history.emissions.map(timed)
        bounded.rotations = history.rotations.map(timed)
        bounded.measurements = history.measurements.map(timed)
        bounded.output = history.output.map(timed)
        bounded.stalls = history.stalls.map(timed)
        bounded.observation = history.observation.map(timed)
        bounded.names = history.names.map(timed)
        bounded.proxied = history.proxied.map(timed)
        bounded.tests = history.tests.map(timed)
        for index in bounded.tests.indices { bound(&bounded.tests[index].value.asked) }
        bounded.clock.idle = history.clock.idle.map(timed)
        bounded.clock.doubts = history.clock.doubts.map(timed)
        bounded.clock.forced = history.clock.forced.map { stretch in
            let span = inBounds(stretch.span.lowerBound)...inBounds(stretch.span.upperBound)
            return ForcedTime(span: span, steps: min(max(stretch.steps, 1), mostSteps))
        }
        for index in bounded.updates.indices { bound(&bounded.updates[index].value.asked) }
        for index in bounded.redeliveries.indices { bound(&bounded.redeliveries[index].value.asked) }
        for index in bounded.changes.indices { bound(&bounded.changes[index].value.asked) }
        for index in bounded.emissions.indices { bound(&bounded.emissions[index].value.asked) }
        for index in bounded.rotations.indices { bound(&bounded.rotations[index].value.asked) }
        for index in bounded.stalls.indices { bound(&bounded.stalls[index].value.began) }
        if var observation = bounded.observation {
            bound(&observation.value.quietFor)
            bounded.observation = observation
        }
        for index in bounded.connections.indices { bound(&bounded.connections[index]) }
        for index in bounded.attempts.indices { bound(&bounded.attempts[index]) }
        for index in bounded.lives.indices { bound(&bounded.lives[index]) }
        bounded.instances = history.instances.map(timed)
        for index in bounded.standstills.indices {
            bound(&bounded.standstills[index].began)
            bound(&bounded.standstills[index].ended)
        }
        for index in bounded.steps.indices {
            bound(&bounded.steps[index].began)
            bound(&bounded.steps[index].ended)
        }
        return bounded
    }

    private static func bound(_ connection: inout ConnectionHistory) {
        connection.opened = timed(connection.opened)
        connection.secured = connection.secured.map(timed)
        connection.handshakeFailed = connection.handshakeFailed.map(timed)
        connection.closed = connection.closed.map(timed)
        connection.closed = connection.closed.map { record in
            var record = record
            record.value.closing = closing(record.value.closing)
            return record
        }
    }

    private static func bound(_ attempt: inout AttemptHistory) {
        bound(&attempt.arrived.firstByte)
        bound(&attempt.arrived.headEnd)
        bound(&attempt.arrived.bodyEnd)
        if var ended = attempt.ended {
            bound(&ended.answerBegan)
            bound(&ended.answerEnded)
            ended.closing = ended.closing.map(closing)
            attempt.ended = ended
        }
        attempt.connectionClosing = attempt.connectionClosing.map(closing)
    }

    private static func bound(_ life: inout DispatcherLife) {
        life.started = timed(life.started)
        bound(&life.ready)
        life.signals = life.signals.map(timed)
        life.exited = life.exited.map(timed)
    }

    private static func timed<Value>(_ record: Timed<Value>) -> Timed<Value> {
        var record = record
        bound(&record.at)
        return record
    }

    private static func closing(_ closing: Closing) -> Closing {
        var closing = closing
        bound(&closing.at)
        return closing
    }

    private static func bound(_ stamp: inout Stamp) {
        stamp = inBounds(stamp)
    }

    private static func bound(_ stamp: inout Stamp?) {
        stamp = stamp.map(inBounds)
    }

    private static func inBounds(_ stamp: Stamp) -> Stamp {
        Stamp(nanoseconds: min(max(stamp.nanoseconds, 0), latest))
    }
}
