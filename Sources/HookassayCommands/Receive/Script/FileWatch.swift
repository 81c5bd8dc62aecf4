import Foundation

/// Notices that a file has become another one, by looking at it now and then.
///
/// Editors write a file anew, or put a new one in its place, or empty it first and fill it then. So a change counts once
/// two looks in a row see the same.
struct FileWatch {
    /// How long to wait between two looks.
    static let pause = Duration.milliseconds(300)

    /// What tells one state of a file from another.
    private struct Mark: Equatable {
        var number: UInt64?
        var size: UInt64?
        var changed: Date?

        /// A link stands for the file it leads to; `nil` is a file that is not there.
        init?(path: String) {
            let file = URL(filePath: path).resolvingSymlinksInPath().path
            let attributes: [FileAttributeKey: Any]
            do { attributes = try FileManager.default.attributesOfItem(atPath: file) } catch { return nil }
            number = (attributes[.systemFileNumber] as? NSNumber)?.uint64Value
            size = (attributes[.size] as? NSNumber)?.uint64Value
            changed = attributes[.modificationDate] as? Date
        }
    }

    private let path: String
    private var taken: Mark?
    private var seen: Mark?

    /// Begins with the file as it is now.
    init(path: String) {
        self.path = path
        taken = Mark(path: path)
        seen = taken
    }

    /// Looks at the file; true when it has changed since this was last true, and is at rest again.
    ///
    /// A file that went away is no change: it may come back.
    mutating func look() -> Bool {
        let now = Mark(path: path)
        defer { seen = now }
        guard let now, now == seen, now != taken else { return false }
        taken = now
        return true
    }
}
