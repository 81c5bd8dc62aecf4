/// The line that moves while a run goes on.
package enum ProgressLine {
    /// How far a run is, and what is running.
    ///
    /// - Parameter width: the terminal's, in characters. The line is shorter, because one that fills the terminal wraps,
    ///   and only its last row could be wiped out again.
    package static func text(done: Int, total: Int, running: [String], width: Int) -> String {
        let names = running.prefix(3).joined(separator: ", ") + (running.count > 3 ? ", …" : "")
        let line = "\(done)/\(total) done" + (names.isEmpty ? "" : ", running: \(names)")
        let room = max(0, width - 1)
        guard line.count > room else { return line }
        return room == 0 ? "" : line.prefix(room - 1) + "…"
    }
}
