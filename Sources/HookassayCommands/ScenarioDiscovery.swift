import Foundation
import Notation

/// Finds scenario files.
struct ScenarioDiscovery {
    /// The folder inside the shipped scenarios that holds descriptions of dispatchers, not scenarios of a provider.
    static let dispatcherFolder = "dispatchers"

    /// The folder of shipped scenarios: `Scenarios` here, else the one that came with the program.
    static func shippedFolder() -> String? {
        let root = ProcessInfo.processInfo.environment["HOOKASSAY_ROOT"]
        let candidates = ["Scenarios"] + [root].compactMap { $0.map { $0 + "/Scenarios" } }
        return candidates.first { isFolder($0) }
    }

    /// The scenario files that `paths` name, in order and each once; folders stand for the scenarios in and below them.
    ///
    /// Without paths: every shipped scenario.
    ///
    /// - Throws: a `Diagnostic` for a path that does not exist, or when there is no folder of scenarios.
    static func files(_ paths: [String]) throws(Diagnostic) -> [String] {
        var files: [String] = []
        if paths.isEmpty {
            guard let folder = shippedFolder() else {
                throw problem("Scenarios", "there is no such folder here", help: "name scenario files or folders to run")
            }
            let providers = entries(of: folder).filter { $0 != dispatcherFolder }
            files = providers.flatMap { scenarios(below: folder + "/" + $0) }
        }
        for path in paths {
            if isFolder(path) {
                files += scenarios(below: path)
            } else if FileManager.default.fileExists(atPath: path) {
                files.append(path)
            } else {
                throw problem(path, "no such file or folder", help: "give the path of a scenario file or of a folder of them")
            }
        }
        var seen: Set<String> = []
        return files.filter { seen.insert(URL(filePath: $0).standardizedFileURL.path).inserted }
    }

    /// The contract files of the shipped providers.
    static func contracts() -> [String] {
        guard let folder = shippedFolder() else { return [] }
        return entries(of: folder).map { "\(folder)/\($0)/contract.yaml" }.filter {
            FileManager.default.fileExists(atPath: $0)
        }
    }

    private static func scenarios(below folder: String) -> [String] {
        entries(of: folder).flatMap { name -> [String] in
            let path = folder + "/" + name
            if isFolder(path) { return scenarios(below: path) }
            guard name.hasSuffix(".yaml"), name != "contract.yaml", name != "dispatcher.yaml" else { return [] }
            return [path]
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
