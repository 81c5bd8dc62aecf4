import Foundation
import Notation
import WebhookContracts

/// A small contract that says something about everything, for tests that break it in one place.
struct SmallContract {
    /// Where its files stand while a test runs.
    private let folder: String
    /// The contract file, as it is or mutated.
    var text = Self.original

    /// What is wrong with the contract after one passage was replaced: each problem in one line, without path.
    static func problems(
        replacing passage: String = "",
        with replacement: String = "",
        example: String = "created",
        changing member: String = "",
        to value: String = "",
        variants: [String] = []
    ) throws -> [String] {
        try withFiles { contract in
            try contract.replace(passage, with: replacement)
            if !member.isEmpty { try contract.change(member, to: value, in: "events/note.\(example).json") }
            let list = contract.diagnostics(variants: variants)
            return list.diagnostics.map { diagnostic in
                let place = diagnostic.position.map { "\($0.line):\($0.column): " } ?? ""
                return "\(place)\(diagnostic.severity.rawValue): \(diagnostic.message)"
            }
        }
    }

    /// The messages for a mutated contract as a person sees them, with paths from the contract's folder on.
    static func messages(_ changes: [(String, String)], variants: [String] = []) throws -> String {
        try withFiles { contract in
            for (passage, replacement) in changes { try contract.replace(passage, with: replacement) }
            let text = contract.diagnostics(variants: variants).rendered(sources: [contract.source])
            return text.split(separator: contract.folder + "/", omittingEmptySubsequences: false).joined()
        }
    }

    /// Reads the contract with variants.
    static func read(
        _ changes: [(String, String)] = [],
        variants: [String] = [],
        _ use: (Contract) throws -> Void
    ) throws {
        try withFiles { contract in
            for (passage, replacement) in changes { try contract.replace(passage, with: replacement) }
            try use(ContractFile.read(contract.source, variants: variants).contract)
        }
    }

    private static func withFiles<Result>(_ use: (inout SmallContract) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.path + "/small-contract-\(UUID().uuidString)/small"
        let root = (folder as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder + "/events", withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(atPath: root) } catch { print("left behind: \(root)") }
        }
        for (name, text) in files {
            try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        }
        var contract = SmallContract(folder: folder)
        return try use(&contract)
    }

    private var source: SourceText { SourceText(path: folder + "/contract.yaml", text: text) }

    private func diagnostics(variants: [String]) -> DiagnosticList {
        do {
            return DiagnosticList(try ContractFile.read(source, variants: variants).warnings)
        } catch {
            return error
        }
    }

    private mutating func replace(_ passage: String, with replacement: String) throws {
        guard !passage.isEmpty else { return }
        text = try Self.replacing(passage, with: replacement, in: text)
    }

    private func change(_ passage: String, to replacement: String, in name: String) throws {
        let path = "\(folder)/\(name)"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try Self.replacing(passage, with: replacement, in: text).write(toFile: path, atomically: true, encoding: .utf8)
    }

    private static func replacing(_ passage: String, with replacement: String, in text: String) throws -> String {
        guard let range = text.range(of: passage) else { throw MissingPassage(passage: passage) }
        return text.replacingCharacters(in: range, with: replacement)
    }

    /// A test's passage is not in the small contract.
    struct MissingPassage: Error {
        let passage: String
    }
}
