import HookassayCommands
import Testing

@Suite struct `Progress line` {
    @Test func `names three of those that are running`() {
        let line = ProgressLine.text(done: 2, total: 9, running: ["a/a", "b/b", "c/c", "d/d"], width: 80)
        #expect(line == "2/9 done, running: a/a, b/b, c/c, …")
        #expect(ProgressLine.text(done: 9, total: 9, running: [], width: 80) == "9/9 done")
    }

    @Test(arguments: 0...120)
    func `is shorter than the terminal is wide`(_ width: Int) {
        let names = ["oneclickcontractor/killed-before-sending", "siteservicesnow/published-twice", "jobber/late"]
        let line = ProgressLine.text(done: 12, total: 100, running: names, width: width)
        #expect(line.count < max(width, 1))
        let whole = ProgressLine.text(done: 12, total: 100, running: names, width: 1000)
        #expect((line == whole) == (whole.count < width))
        #expect(width < 2 || line == whole || line.hasSuffix("…"))
    }
}
