import Foundation

/// Writes a Swift file that holds every page of a folder as text, by the page's name.
@main
struct EmbedPages {
    static func main() throws {
        guard CommandLine.arguments.count == 3 else {
            throw Mistake(description: "usage: embed-pages <output.swift> <folder of pages>")
        }
        let folder = URL(filePath: CommandLine.arguments[2])
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".md") }.sorted()
        var lines = [
            "/// The pages about checks, by check id.", "enum CheckPages {",
            "    static let texts: [String: String] = [",
        ]
        for name in names {
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            guard !text.contains("\"\"\"##") else {
                throw Mistake(description: "\(name) holds the mark that ends a text")
            }
            lines += ["        \"\(name.dropLast(3))\": ##\"\"\"", text, "\"\"\"##,"]
        }
        // An empty literal of a dictionary is written with a colon.
        lines += [names.isEmpty ? "        :" : "", "    ]", "}", ""]
        try lines.joined(separator: "\n").write(toFile: CommandLine.arguments[1], atomically: true, encoding: .utf8)
    }
}

/// What keeps the pages from being embedded.
struct Mistake: Error, CustomStringConvertible {
    let description: String
}
