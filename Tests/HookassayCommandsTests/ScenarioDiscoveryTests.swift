import Foundation
import HookassayCommands
import Notation
import ProgramRunning
import Testing

@Suite struct `Finding scenarios` {
    /// The files found, by their paths below the folder.
    private func found(_ paths: [String], in folder: URL) throws -> [String] {
        let root = folder.path + "/"
        return try ScenarioDiscovery.files(paths.map { root + $0 }).map { $0.replacing(root, with: "") }
    }

    private func problem(_ path: String, in folder: URL) throws -> Diagnostic {
        try #require(throws: Diagnostic.self) { try ScenarioDiscovery.files([folder.path + "/" + path]) }
    }

    @Test func `takes what is in and below a folder, in order, but no contract, dispatcher, event or hidden file`()
        async throws
    {
        try await withTemporaryFolder { folder in
            for path in [
                "shop/b.yaml", "shop/a.yaml", "shop/contract.yaml", "shop/events/x.json", "shop/.hidden.yaml",
                "shop/deeper/c.yaml", "shop/dispatcher.yaml", "shop/notes.md", "other/d.yaml",
            ] { try folder.write("", to: path) }
            let files = try found(["shop"], in: folder)
            #expect(files == ["shop/a.yaml", "shop/b.yaml", "shop/deeper/c.yaml"])
        }
    }

    @Test func `keeps the order in which paths are named, and takes a file once`() async throws {
        try await withTemporaryFolder { folder in
            for path in ["shop/a.yaml", "shop/b.yaml"] { try folder.write("", to: path) }
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: "link"),
                withDestinationURL: folder.appending(path: "shop")
            )
            let paths = ["shop/b.yaml", "shop", "shop/../shop/a.yaml", "link"]
            let files = try found(paths, in: folder)
            #expect(files == ["shop/b.yaml", "shop/a.yaml"])
        }
    }

    @Test func `says what is not there`() async throws {
        try await withTemporaryFolder { folder in
            let nowhere = try problem("nowhere", in: folder)
            #expect(nowhere.message == "no such file or folder")
        }
    }

    @Test func `knows a contract and a dispatcher from a scenario by their names`() async throws {
        try await withTemporaryFolder { folder in
            try folder.write("", to: "shop/contract.yaml")
            try folder.write("", to: "shop/dispatcher.yaml")
            let contract = try problem("shop/contract.yaml", in: folder)
            #expect(contract.message == "this is a contract, not a scenario")
            let dispatcher = try problem("shop/dispatcher.yaml", in: folder)
            #expect(dispatcher.message == "this is the description of a dispatcher, not a scenario")
            #expect(dispatcher.help == "give it with --dispatcher")
        }
    }

    @Test func `finds files that would share an id`() {
        #expect(
            ScenarioDiscovery.sharedIDs(in: ["a/shop/x.yaml", "a/shop/y.yaml", "b/store/x.yaml"]).diagnostics == []
        )
        let shared = ScenarioDiscovery.sharedIDs(in: ["a/shop/x.yaml", "b/shop/x.yaml", "c/shop/x.yaml"]).diagnostics
        #expect(shared.map(\.path) == ["b/shop/x.yaml", "c/shop/x.yaml"])
        #expect(shared.first?.message == "its id 'shop/x' (folder and name) is that of a/shop/x.yaml too")
    }
}
