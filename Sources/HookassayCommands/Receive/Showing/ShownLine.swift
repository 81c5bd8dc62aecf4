/// One line for the terminal, in parts of different colour.
///
/// Whatever its parts contain, the line is one line and nothing in it but its own colours steers the terminal.
struct ShownLine: Sendable {
    enum Style: Sendable {
        case plain
        /// What is there to be found again: times, numbers.
        case faint
        case strong
        case good
        case bad
        case doubtful

        fileprivate var code: String? {
            switch self {
            case .plain: nil
            case .faint: "2"
            case .strong: "1"
            case .good: "32"
            case .bad: "31"
            case .doubtful: "33"
            }
        }
    }

    private var parts: [(text: String, style: Style)] = []

    init() {}

    init(_ text: String, _ style: Style = .plain) {
        parts = [(text, style)]
    }

    mutating func add(_ text: String, _ style: Style = .plain) {
        parts.append((text, style))
    }

    func adding(_ text: String, _ style: Style = .plain) -> ShownLine {
        var line = self
        line.add(text, style)
        return line
    }

    /// The line as it is written, cut to a width in cells, without a line break.
    func text(width: Int, isColored: Bool) -> String {
        var left = width
        var line = ""
        for part in parts where left > 0 {
            let shown = ShownText.of(part.text)
            let cut = ShownText.cut(shown, toCells: left)
            left = cut == shown ? left - ShownText.cells(of: shown) : 0
            if isColored, let code = part.style.code {
                line += "\u{1B}[\(code)m\(cut)\u{1B}[0m"
            } else {
                line += cut
            }
        }
        return line
    }
}
