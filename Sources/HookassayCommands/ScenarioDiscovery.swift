import Foundation
package import Notation

/// Finds scenario files.
package enum ScenarioDiscovery {
    /// The folder inside the shipped scenarios that holds descriptions of dispatchers, not scenarios of a provider.
    static let dispatcherFolder = "dispatchers"
    static let contractFile = "contract.yaml"

    /// The folder of shipped scenarios: `Scenarios` here, else the one that came with the program.
    static func shippedFolder() -> String? {
        let root = ProcessInfo.processInfo.environment["HOOKASSAY_ROOT"]
        let candidates = ["Scenarios"] + [root].compactMap { $0.map { $0 + "/Scenarios" } }
        return candidates.first { isFolder($0) }
    }

    /// The scenario files that `paths` name, in order and each once; folders stand for the scenarios in and below them, but
    /// for a folder of dispatchers below them.
    ///
    /// Without paths: every shipped scenario.
    ///
    /// - Throws: a `Diagnostic` for a path that does not exist or is no scenario by its name, or when there is no folder
    ///   of scenarios.
    package static func files(_ paths: [String]) throws(Diagnostic) -> [String] {
        var files: [String] = []
        if paths.isEmpty {
            guard let folder = shippedFolder() else {
                throw problem(
                    "Scenarios",
                    "there is no such folder here",
                    help: "name scenario files or folders to run"
                )
            }
            files = scenarios(below: folder)
        }
        for path in paths {
            if isFolder(path) {
                files += scenarios(below: path)
            } else if FileManager.default.fileExists(atPath: path) {
                if let problem = notAScenario(path) { throw problem }
                files.append(path)
            } else {
                throw problem(
                    path,
                    "no such file or folder",
                    help: "give the path of a scenario file or of a folder of them"
                )
            }
        }
        var seen: Set<String> = []
        return files.filter { seen.insert(URL(filePath: $0).resolvingSymlinksInPath().path).inserted }
    }

    /// What is wrong with running these files together: evidence and reports are kept by id, so no two may share one.
    package static func sharedIDs(in files: [String]) -> DiagnosticList {
        let groups = Dictionary(grouping: files) { LoadedScenario.id(of: $0) }
        return DiagnosticList(
            groups.flatMap { id, files in
                files.dropFirst().map { file in
                    problem(
                        file,
                        "its id '\(id)' (folder and name) is that of \(files[0]) too",
                        help: "rename one of them, or run each by itself with an --out of its own"
                    )
                }
            }
        )
    }

    /// The contract files of the shipped providers.
    static func contracts() -> [String] {
        guard let folder = shippedFolder() else { return [] }
        return entries(of: folder).map { "\(folder)/\($0)/\(contractFile)" }.filter {
            FileManager.default.fileExists(atPath: $0)
        }
    }

    private static func scenarios(below folder: String) -> [String] {
        entries(of: folder).flatMap { name -> [String] in
            let path = folder + "/" + name
            if isFolder(path) { return name == dispatcherFolder ? [] : scenarios(below: path) }
            return name.hasSuffix(".yaml") && otherFiles[name] == nil ? [path] : []
        }
    }

    /// The YAML files that may stand beside scenarios, by name, and what to do with one.
    private static let otherFiles = [
        contractFile: ("a contract", "name the scenarios beside it, or see 'hookassay contract show'"),
        "dispatcher.yaml": ("the description of a dispatcher", "give it with --dispatcher"),
    ]

    private static func notAScenario(_ path: String) -> Diagnostic? {
        otherFiles[URL(filePath: path).lastPathComponent].map { what, help in
            problem(path, "this is \(what), not a scenario", help: help)
        }
    }

    /// The names in a folder, sorted; hidden ones are left out.
    private static func entries(of folder: String) -> [String] {
        // A folder that cannot be listed has no scenarios to offer; naming a file in it will say why.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    private static func problem(_ path: String, _ message: String, help: String) -> Diagnostic {
        Diagnostic(severity: .error, path: path, position: nil, message: message, help: help)
    }
}
