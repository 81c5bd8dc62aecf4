import Foundation

/// Programs of the host that some tests need.
enum HostPrograms {
    static let curl = find(["curl"])
    static let chromium = find(["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
    static let python = find(["python3"])

    private static func find(_ names: [String]) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        for name in names {
            for folder in folders {
                let path = "\(folder)/\(name)"
                if FileManager.default.isExecutableFile(atPath: path) { return path }
            }
        }
        return nil
    }
}
