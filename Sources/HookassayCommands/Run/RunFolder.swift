import Foundation

/// Makes the folders of a run, and says plainly why one cannot be made.
enum RunFolder {
    /// Makes the folder for the reports and the evidence, with those above it.
    ///
    /// - Throws: an exit code, after saying why.
    static func makeOutput(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            StandardStreams.complain(
                "hookassay: cannot make the folder '\(path)': \(reason(error, path)); name another with --out"
            )
            throw ExitStatus.failed.exit
        }
    }

    /// Makes a folder of the run's own, which nobody else reads or guesses.
    ///
    /// - Returns: its path.
    /// - Throws: an exit code, after saying why.
    static func makeWork() throws -> String {
        let root = FileManager.default.temporaryDirectory.path
        let path = root + "/hookassay-" + UUID().uuidString
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700]
            )
            return path
        } catch {
            StandardStreams.complain(
                "hookassay: cannot make a folder in '\(root)': \(reason(error, path)); name another with TMPDIR"
            )
            throw ExitStatus.failed.exit
        }
    }

    /// Why the folder at `path` could not be made.
    private static func reason(_ error: any Error, _ path: String) -> String {
        if let file = fileInTheWay(of: path) { return "'\(file)' is a file" }
        guard let code = ((error as? CocoaError)?.underlying as? POSIXError)?.code else {
            return error.localizedDescription
        }
        return String(cString: strerror(code.rawValue)).lowercased()
    }

    /// The path, or a folder above it, that is there and is no folder.
    private static func fileInTheWay(of path: String) -> String? {
        var candidate = path
        while !candidate.isEmpty, candidate != "/", candidate != "." {
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder) {
                return isFolder.boolValue ? nil : candidate
            }
            candidate = (candidate as NSString).deletingLastPathComponent
        }
        return nil
    }
}
