import AsyncHTTPClient
import Glibc
import NIOCore
import NIOPosix

/// Delivers one event with AsyncHTTPClient: 30 s limit, retries that an event loop schedules after 5 and 10 minutes.
@main
struct NIODispatcher {
    static func main() async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        var pauses = [TimeAmount.minutes(5), .minutes(10)][...]
        var outcome = await attempt()
        while outcome != "200", let pause = pauses.popFirst() {
            outcome = try await loop.scheduleTask(in: pause) {}.futureResult.flatMap {
                loop.makeFutureWithTask { await attempt() }
            }.get()
        }
    }

    @Sendable private static func attempt() async -> String {
        let outcome: String
        do {
            var request = HTTPClientRequest(url: url)
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: #"{"id":"evt_1"}"#))
            let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
            _ = try await answer.body.collect(upTo: 1 << 20)
            outcome = String(answer.status.code)
        } catch {
            outcome = "\(error)"
        }
        print(outcome)
        return outcome
    }

    private static var url: String {
        guard let url = getenv("HOOK_URL").map({ String(cString: $0) }) else {
            fatalError("HOOK_URL is not set")
        }
        return url
    }
}
