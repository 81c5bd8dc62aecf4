import ArgumentParser
import DispatcherControl
import Foundation
import Notation

/// Which dispatcher is driven.
enum DispatcherChoice {
    /// The description at `path`, or of the reference dispatcher when no path was given.
    ///
    /// - Throws: an exit code, after the problems of the file were shown.
    static func load(_ path: String?) throws -> DispatcherDescription {
        do {
            guard let path else { return try DispatcherFile.parse(EmbeddedDispatcher.source) }
            return try DispatcherFile.load(path: path)
        } catch {
            StandardStreams.complain(LoadedScenario.rendered(error.diagnostics))
            throw ExitStatus.fileWrong.exit
        }
    }

    /// The folder of the programs that came with this one.
    static func programs() -> String {
        let link = "/proc/self/exe"
        let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: link)) ?? CommandLine.arguments[0]
        // The kernel marks a program that was rebuilt while it runs; its folder is still the right one.
        let deleted = " (deleted)"
        let program = path.hasSuffix(deleted) ? String(path.dropLast(deleted.count)) : path
        return URL(filePath: program).deletingLastPathComponent().path
    }
}
