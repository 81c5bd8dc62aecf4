package import Foundation

/// Where the programs are that the tests were built with.
package enum BuiltPrograms {
    /// The package's own folder.
    package static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The folder of the built programs.
    package static let folder: String = {
        // The test bundle lies beside the programs; the process that loads it does not.
        let bundle = ProcessInfo.processInfo.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
        return URL(filePath: bundle).resolvingSymlinksInPath().deletingLastPathComponent().path
    }()
}
