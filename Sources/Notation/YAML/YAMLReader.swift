import Yams

/// Reads the part of YAML that contracts and scenarios are written in.
///
/// That part is what every YAML 1.2 editor understands alike: mappings with text keys, lists and single values, whose
/// types are decided by the reader of each key. Tags, anchors, aliases, merge keys and several documents in one file are
/// refused, and so is whatever is too deep or too large to have been written by hand.
package enum YAMLReader {
    /// How deep lists and mappings may be nested.
    package static let deepest = 64
    /// How many values and keys a file may have.
    package static let mostNodes = 100_000

    /// Reads a file that holds one document.
    ///
    /// - Parameter log: takes every problem, with its position.
    /// - Returns: the tree, or nil when the log has got an error.
    package static func parse(_ source: SourceText, log: DiagnosticLog) -> YAMLNode? {
        guard YAMLCharacters.check(source, log: log) else { return nil }
        do {
            if YAMLAliases.mayOccur(in: source.text) {
                // An alias used as a key makes the parser hash all it stands for, which can be made to take forever.
                // So the anchors are looked for with every alias masked; as anchors are refused, none is left after it.
                guard try tree(of: YAMLAliases.masked(source.text), log: log) != nil else { return nil }
            }
            return try tree(of: source.text, log: log)
        } catch {
            YAMLProblem(error, source: source).log(to: log)
            return nil
        }
    }

    private static func tree(of text: String, log: DiagnosticLog) throws -> YAMLNode? {
        let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
        // The parser owns the anchors, to which its nodes only have weak references.
        return try withExtendedLifetime(parser) {
            guard let root = try parser.singleRoot() else {
                log.error("the file is empty", at: nil, help: "write at least one key")
                return nil
            }
            var converter = YAMLConverter(log: log)
            return converter.convert(root, depth: 0)
        }
    }
}
