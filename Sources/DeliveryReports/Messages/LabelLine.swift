/// A line of labels of which none touches another.
struct LabelLine {
    private var cells: [Character] = []

    var text: String { String(cells) }

    /// Puts a label where it fits, or nowhere.
    ///
    /// - Parameters:
    ///   - column: where it should begin.
    ///   - limit: how wide the line may become.
    ///   - mayMove: says that it may stand further to the right when its place is taken.
    mutating func place(_ label: String, at column: Int, limit: Int, mayMove: Bool) {
        let label = Array(label)
        // A label at the right end is drawn to the left of its place rather than not at all.
        var start = min(column, max(0, limit - label.count))
        while !isFree(start, label.count) {
            guard mayMove, start < limit else { return }
            start += 1
        }
        guard start + label.count <= limit else { return }
        if cells.count < start + label.count {
            cells += Array(repeating: " ", count: start + label.count - cells.count)
        }
        cells.replaceSubrange(start..<start + label.count, with: label)
    }

    private func isFree(_ start: Int, _ length: Int) -> Bool {
        let around = max(0, start - 1)..<max(0, start + length + 1)
        return around.allSatisfy { $0 >= cells.count || cells[$0] == " " }
    }
}
