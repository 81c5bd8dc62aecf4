import FoundationEssentials
import Notation
import ProgramRunning
import Testing

/// A headless Chromium that is led through a page by its DevTools protocol.
enum Browser {
    static var isThere: Bool { HostPrograms.chromium != nil && HostPrograms.python != nil }
    static let why: Comment = "there is no Chromium, or no Python to lead it, on this host"

    /// Opens a page and evaluates expressions in it, each again and again until it gives something; gives what they gave.
    ///
    /// An expression that gives nothing within 20 seconds gives null. The last of the results is the list of what the browser
    /// had to complain about.
    static func visit(_ url: String, width: Int = 1400, _ expressions: [String]) async throws -> [JSONValue] {
        let chromium = try #require(HostPrograms.chromium)
        let python = try #require(HostPrograms.python)
        return try await withTemporaryFolder { folder in
            try folder.write(driver, to: "driver.py")
            let steps = JSONValue.array(expressions.map { .string($0) }).compact()
            let run = try await ProgramRun.of(
                python,
                ["driver.py", chromium, url, "\(width)", steps],
                in: folder.path(),
                limit: .seconds(600)
            )
            #expect(run.status == 0, "\(run.complaints)")
            return try JSONValue.parse(Array(run.output.utf8)).items ?? []
        }
    }

    private static let driver = #"""
        import json, os, subprocess, sys, time

        chromium, url, width, steps = sys.argv[1], sys.argv[2], int(sys.argv[3]), json.loads(sys.argv[4])
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()

        def connect():
            # Chromium reads commands from descriptor 3 and writes to 4; the pipes may have these numbers already.
            source, target = os.dup2(theirs_in, 21), os.dup2(theirs_out, 22)
            os.dup2(source, 3)
            os.dup2(target, 4)

        browser = subprocess.Popen(
            [chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--remote-debugging-pipe", "--user-data-dir=" + os.path.join(os.getcwd(), "profile")],
            preexec_fn=connect, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(theirs_in)
        os.close(theirs_out)
        number, session, waiting, complaints = 0, None, b"", []

        def message():
            global waiting
            while b"\0" not in waiting:
                more = os.read(ours_in, 65536)
                if not more:
                    sys.exit("the browser ended")
                waiting += more
            first, waiting = waiting.split(b"\0", 1)
            return json.loads(first)

        def command(method, **parameters):
            global number
            number += 1
            order = {"id": number, "method": method, "params": parameters}
            if session:
                order["sessionId"] = session
            os.write(ours_out, json.dumps(order).encode() + b"\0")
            while True:
                answer = message()
                if answer.get("id") == number:
                    return answer.get("result", {})
                entry = answer.get("params", {}).get("entry", {})
                if answer.get("method") == "Runtime.exceptionThrown" or entry.get("level") == "error":
                    complaints.append(json.dumps(answer["params"])[:400])

        target = command("Target.createTarget", url="about:blank")["targetId"]
        session = command("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        command("Page.enable")
        command("Runtime.enable")
        command("Log.enable")
        command("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600)
        command("Page.navigate", url=url)
        results = []
        for step in steps:
            value, end = None, time.monotonic() + 240
            while not value and time.monotonic() < end:
                answer = command("Runtime.evaluate", expression=step, awaitPromise=True, returnByValue=True)
                value = answer.get("result", {}).get("value")
                if not value:
                    time.sleep(0.1)
            results.append(value)
        command("Browser.close")
        browser.wait(20)
        print(json.dumps(results + [complaints]))
        """#
}
