import DeliveryScenarios
import Foundation
import Notation
import Testing

@Suite struct `Scenario reference` {
    private let page: String

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        page = try String(contentsOf: root.appending(path: "Documentation/scenarios.md"), encoding: .utf8)
    }

    /// The text between a heading and the next one.
    private func section(_ heading: String) throws -> String {
        let start = try #require(page.range(of: "\n\(heading)\n"), "\(heading)")
        let rest = page[start.upperBound...]
        let end = rest.range(of: "\n#")?.lowerBound ?? rest.endIndex
        return String(rest[..<end])
    }

    /// The cells of the tables of a section without their head rows, each cell without spaces around it.
    private func rows(_ section: String) -> [[String]] {
        let lines = section.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.indices.compactMap { index in
            let isHead = index + 1 < lines.count && lines[index + 1].hasPrefix("|---")
            guard lines[index].hasPrefix("| "), !isHead else { return nil }
            return lines[index].split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    /// What stands in backticks in a cell.
    private func words(_ cell: String) -> [String] {
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset.isMultiple(of: 2) == false }.map { String($0.element) }
    }

    @Test func `has no example that cannot be read`() throws {
        let blocks = page.components(separatedBy: "```yaml\n").dropFirst().compactMap {
            $0.components(separatedBy: "\n```").first
        }
        #expect(blocks.count >= 10)
        for block in blocks {
            var text = block + "\n"
            func has(_ key: String) -> Bool { "\n\(text)".contains("\n\(key):") }
            if !has("scenario") { text += "scenario: An example\n" }
            if !has("steps") { text += "steps: [quiet]\n" }
            if !has("receiver"), !has("endpoints") { text += "receiver: [{ respond: 200 }]\n" }
            do {
                _ = try ScenarioFile.read(SourceText(path: "Documentation/scenarios.md", text: text))
            } catch {
                Issue.record("\(error.rendered(sources: []))\nin\n\(block)")
            }
        }
    }

    @Test func `has no script in one line that cannot be read`() throws {
        let scripts = rows(try section("### In one line")).flatMap { words($0[0]) }
        #expect(scripts.count >= 12)
        for script in scripts {
            #expect(throws: Never.self, "\(script)") { try ScriptText.script(script) }
        }
    }

    @Test func `lists every fault with the points it can have`() throws {
        let faults = rows(try section("### Faults")).filter { $0.count == 4 }
        #expect(faults.map { words($0[0])[0] }.sorted() == Fault.Kind.allCases.map(\.rawValue).sorted())
        for row in faults {
            let kind = try #require(Fault.Kind(rawValue: words(row[0])[0]))
            #expect(words(row[2]) == [kind.usualPoint.text])
            switch row[3] {
            case "everywhere but in the handshake": #expect(kind.points == Fault.Point.samples)
            case "the same": #expect(kind == .resetStream && kind.points == Fault.Kind.goAway.points)
            default:
                let points = try words(row[3]).map { try Fault.Point(parsing: $0) }
                #expect(points.count == kind.points.count, "\(kind)")
                for point in kind.points {
                    #expect(points.contains { $0.isSameSort(as: point) }, "\(kind) \(point.text)")
                }
            }
        }
    }

    @Test func `lists every point of the exchange`() throws {
        let cells = rows(try section("### Faults")).filter { $0.count == 2 }.map { words($0[0])[0] }
        let points = cells.compactMap { try? Fault.Point(parsing: $0) }
        for point in Fault.Point.samples + [.handshake] {
            #expect(points.contains { $0.isSameSort(as: point) }, "\(point.text)")
        }
        #expect(points.count == Fault.Point.samples.count + 1)
    }

    @Test func `names what other tools call a fault`() throws {
        let names = rows(try section("### Names of other tools")).map { words($0[0])[0] }
        #expect(names.count == 12)
        for name in names {
            // Some need an attribute or a time, which is told by another message.
            let attributes = ["", " bytes=1", " latency=1", " delay=1", " rate=1", " average_size=1", " for 5s"]
            let isKnown = attributes.contains { (try? ScriptText.script(name + $0)) != nil }
            #expect(isKnown, "\(name)")
        }
    }

    @Test func `names every provider's handshake`() throws {
        let text = try section("### Handshakes")
        for kind in Handshake.Kind.allCases { #expect(text.contains(kind.rawValue)) }
    }
}
