import Yams

/// A mistake the YAML parser found, in words for the person who wrote the file.
struct YAMLProblem {
    private var message: String
    private var position: SourcePosition?
    private var help: String?

    /// Translates what the parser threw.
    init(_ error: any Error, source: SourceText) {
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _)?, .parser(let context, let problem, let mark, _)?:
            self.init(syntax: problem, context: context, at: Self.position(mark), source: source)
        case .composer(_, let problem, let mark, _)?:
            self.init(composing: problem, at: Self.position(mark))
        case .duplicatedKeysInMapping(let keys, let context)?:
            self.init(duplicateKey: keys.first ?? "", first: Self.position(context.mark), source: source)
        case .reader(let problem, _, _, _)?:
            self.init(message: "the file cannot be read as YAML: \(problem)")
        case .memory?:
            self.init(message: "there is not enough memory to read the file")
        default:
            self.init(message: "the file cannot be read as YAML")
        }
    }

    /// Writes the problem to a log.
    func log(to log: DiagnosticLog) {
        log.error(message, at: position, help: help)
    }

    private init(message: String) {
        self.message = message
    }

    private init(syntax problem: String, context: YamlError.Context?, at position: SourcePosition, source: SourceText) {
        if let context, problem.contains("end of stream") {
            // The end of the file tells nothing; what is open there started at the context.
            message = "this is not closed before the end of the file (\(context.text))"
            self.position = Self.position(context.mark)
            help = "close the quotes or brackets"
            return
        }
        message = problem
        // Where the surrounding construct starts is worth telling only when that is not the line shown anyway.
        if let context, context.mark.line != position.line {
            message += " (\(context.text), which starts on line \(context.mark.line))"
        }
        self.position = position
        help = Self.help(for: problem, at: position, in: source)
    }

    private init(composing problem: String, at position: SourcePosition) {
        self.position = position
        if problem.contains("another document") {
            message = "the file has a second document"
            help = "keep one document in each file; `---` starts a new one"
        } else if problem.contains("alias") {
            message = "anchors and aliases are not supported"
            help = "write the value out, or put it in quotes if it is text that starts with `*`"
        } else {
            message = problem
        }
    }

    private init(duplicateKey key: String, first: SourcePosition, source: SourceText) {
        message = "the key `\(key)` is given twice in one mapping"
        if let second = YAMLDuplicateKey(key: key, first: first, source: source).second {
            position = second
            help = "keep one of them; the first is on line \(first.line)"
        } else {
            position = first
            help = "keep one of them; this is the first"
        }
    }

    private static func position(_ mark: Mark) -> SourcePosition {
        SourcePosition(line: mark.line, column: mark.column)
    }

    private static func help(for problem: String, at position: SourcePosition, in source: SourceText) -> String? {
        let line = source.line(position.line)?.unicodeScalars.dropFirst(position.column - 1)
        switch problem {
        case let text where text.contains("mapping values are not allowed"):
            return "put text that contains `: ` in quotes, and check the indentation"
        case let text where text.contains("cannot start any token"):
            if line?.first == "\t" { return "indent with spaces; YAML allows no tabs there" }
            return "put text that starts with this character in quotes"
        case let text where text.contains("could not find expected ':'"):
            return "write `key: value`, with a space after the colon"
        case let text where text.contains("did not find expected key"), let text where text.contains("'-' indicator"):
            return "check the indentation: keys of one mapping start in the same column"
        case let text where text.contains("nesting level"):
            return "nest lists and mappings less"
        case let text where text.contains("expected ',' or"):
            return "separate items by commas, and close every bracket"
        default:
            return nil
        }
    }
}
