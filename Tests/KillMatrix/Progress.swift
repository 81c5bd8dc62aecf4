import Foundation

/// What the command says while it works, line by line, also when its output is a file.
enum Progress {
    static func say(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }
}
