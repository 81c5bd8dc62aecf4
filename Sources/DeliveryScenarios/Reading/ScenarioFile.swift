import Foundation
package import Notation
import WebhookSigning

/// Opens scenario files.
package enum ScenarioFile {
    /// Reads a scenario.
    ///
    /// - Throws: every error of the file in one go, each with its place.
    package static func load(path: String) throws(DiagnosticList) -> Scenario {
        let source: SourceText
        do {
            source = try SourceText.read(path: path)
        } catch {
            throw DiagnosticList([error])
        }
        return try read(source)
    }

    /// Reads a scenario from a text; its id and the path of its contract follow from the text's path.
    package static func read(_ source: SourceText) throws(DiagnosticList) -> Scenario {
        let log = DiagnosticLog(source: source)
        guard let node = YAMLReader.parse(source, log: log) else { throw log.list }
        guard case .mapping(let root) = node else {
            log.error(
                "a scenario must be a mapping, not \(node.kindName)",
                at: node.position,
                help: "start with `scenario:` and a title"
            )
            throw log.list
        }
        let reader = ScenarioReader(root: root, log: log)
        var scenario = reader.scenario(source: source)
        scenario.text = source
        try log.throwIfErrors()
        return scenario
    }
}

/// Limits of a scenario file, which only keep out what no person writes.
package enum ScenarioLimits {
    package static let endpoints = 64
    package static let steps = 1000
    package static let burst = 100_000
    package static let replies = 1000
    package static let rules = 100
    /// Names of a resolver.
    package static let names = 64
    /// Answers for one name.
    package static let turnsOfName = 100
    /// Addresses in one answer.
    package static let addresses = 16
}

/// Reads the top level of a scenario file.
///
/// What cannot be read is logged and replaced by something harmless, so that every mistake is found in one go.
struct ScenarioReader {
    let root: YAMLMapping
    let log: DiagnosticLog

    /// The contract of a scenario that names none, counted from its folder.
    static let usualContract = "contract.yaml"

    func scenario(source: SourceText) -> Scenario {
        var reader = MappingReader(root, log: log, what: "a scenario")
        _ = reader.required("scenario")
        let title = reader.text("scenario") ?? ""
        let why = reader.text("why")
        let contract = reader.text("contract") ?? Self.usualContract
        let variants = reader.texts("variant") ?? []
        let clock = reader.choice("clock", ScenarioClock.self) ?? .real
        let tags = self.tags(&reader)
        let seed = EndpointReader.seed(&reader)
        let endpoints = EndpointReader(log: log, seed: seed).endpoints(&reader)
        let names = endpoints.map(\.name)
        let network = NetworkReader(log: log).network(&reader)
        let steps = StepReader(log: log, endpoints: names).steps(&reader)
        let expectations = ExpectationReader(log: log, endpoints: names).expectations(&reader)
        reader.finish()
        var scenario = Scenario(
            id: ScenarioPaths.id(of: source.path),
            title: title,
            why: why,
            path: source.path,
            fingerprint: Fingerprint.sha256Hex(Array(source.text.utf8)),
            contractPath: ScenarioPaths.contract(contract, besides: source.path),
            variants: variants,
            clock: clock,
            tags: tags,
            endpoints: endpoints,
            steps: steps,
            expectations: expectations,
            variantPosition: root["variant"]?.position
        )
        scenario.network = network
        return scenario
    }

    private func tags(_ reader: inout MappingReader) -> [String] {
        let tags = reader.texts("tags") ?? []
        for tag in tags where !tag.isPlainName {
            log.error(
                "'\(tag)' is not a tag",
                at: root["tags"]?.position,
                help: "write lower-case letters, digits and dashes"
            )
        }
        return tags
    }
}

/// What follows from where a scenario file lies.
enum ScenarioPaths {
    /// `<folder>/<file name without extension>`; the folder is the provider's.
    static func id(of path: String) -> String {
        let file = URL(filePath: path).standardizedFileURL
        let folder = file.deletingLastPathComponent().lastPathComponent
        return "\(folder)/\(file.deletingPathExtension().lastPathComponent)"
    }

    /// A path in the scenario file counts from the file's folder.
    static func contract(_ contract: String, besides path: String) -> String {
        guard !contract.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return contract }
        return path[...slash] + contract
    }
}

extension String {
    /// Lower-case letters, digits and dashes, starting with a letter, at most 64: what names and tags are made of.
    var isPlainName: Bool {
        guard let first = utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first), utf8.count <= 64 else {
            return false
        }
        return utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }
}
