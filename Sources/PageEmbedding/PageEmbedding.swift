import Foundation
import PackagePlugin

/// Puts the pages of `Documentation/checks/` into the program, so that `hookassay explain` needs no file beside it.
@main
struct PageEmbedding: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = context.package.directoryURL.appending(path: "Documentation/checks")
        let pages = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "md" }
            .sorted { $0.path < $1.path }
        let output = context.pluginWorkDirectoryURL.appending(path: "CheckPages.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(pages.count) pages about checks",
                executable: try context.tool(named: "embed-pages").url,
                arguments: [output.path, folder.path],
                inputFiles: [folder] + pages,
                outputFiles: [output]
            )
        ]
    }
}
