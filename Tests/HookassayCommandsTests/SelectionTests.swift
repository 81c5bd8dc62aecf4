import DeliveryEvidence
import Foundation
import ProgramRunning
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `What is selected` {
    @Test func `must be something`() async throws {
        try await withTemporaryFolder { folder in
            try folder.write("", to: "empty/.keep")
            let sitting = Sitting(folder: folder)
            let run = try await sitting.hookassay("run", "empty")
            #expect(run.status == 4)
            #expect(run.complaints == "hookassay: no scenario is selected; see 'hookassay scenario list'\n")
            let nowhere = try await sitting.hookassay("run")
            #expect(nowhere.status == 65)
            #expect(
                nowhere.complaints == """
                    Scenarios: error: there is no such folder here
                       = help: name scenario files or folders to run

                    """
            )
            #expect(!folder.has("reports"))
        }
    }

    @Test func `may be chosen by provider and tag`() async throws {
        let tagged = Shop.good.replacing("receiver:", with: "tags: [quick]\nreceiver:")
        try await Sitting.with(["good": Shop.good, "quick": tagged]) { sitting in
            let nobody = try await sitting.hookassay("run", "shop", "--provider", "shoe", "--tag", "quick")
            #expect(nobody.status == 4)
            #expect(nobody.complaints.contains("no scenario is selected by provider shoe and tag quick"))
            let run = try await sitting.hookassay("run", "shop", "--provider", "shop", "--tag", "quick")
            #expect(run.status == 0, "\(run.everything)")
            #expect(try sitting.evidence().histories.map(\.scenario) == ["shop/quick"])
        }
    }

    @Test func `is told when all of it is skipped, with the reason`() async throws {
        try await Sitting.with(["late": Shop.warped]) { sitting in
            let nowhere = ["HOOKASSAY_PRELOAD": "/nowhere/preload.so"]
            let run = try await sitting.hookassay("run", "shop", "--clock", "warped:preload", environment: nowhere)
            #expect(run.status == 4)
            let why = "preload: its library '/nowhere/preload.so' is not there"
            let reason = "the warped clock does not work here (\(why)); run it with --clock real"
            #expect(run.complaints == "hookassay: every selected scenario was skipped: \(reason)\n")
            #expect(run.output.contains("1 scenario skipped"))
            #expect(try sitting.report().contains(#"<skipped message="the warped clock does not work here"#))
        }
    }

    @Test func `goes by the clock that is asked for, whatever the file says`() async throws {
        try await Sitting.with(["good": Shop.good, "late": Shop.warped]) { sitting in
            let run = try await sitting.hookassay("run", "shop", "--clock", "real")
            #expect(run.status == 0, "\(run.everything)")
            #expect(run.output.contains("clock: real"))
            let wrong = try await sitting.hookassay("run", "shop", "--clock", "fast")
            #expect(wrong.status == 64)
            #expect(wrong.complaints.contains("warped:trace"))
        }
    }

    @Test func `is one file for each id`() async throws {
        try await Sitting.with { sitting in
            try sitting.folder.write(Shop.good, to: "other/shop/good.yaml")
            for command in ["run", "lint"] {
                let arguments = command == "run" ? ["run"] : ["scenario", "lint"]
                let run = try await ProgramRun.of(
                    "hookassay",
                    arguments + ["shop", "other"],
                    in: sitting.folder.path
                )
                #expect(run.status == 65)
                #expect(
                    run.complaints == """
                        other/shop/good.yaml: error: its id 'shop/good' (folder and name) is that of shop/good.yaml too
                           = help: rename one of them, or run each by itself with an --out of its own

                        """
                )
            }
            #expect(!sitting.folder.has("reports"))
        }
    }
}
