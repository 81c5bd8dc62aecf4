import HTTPTypes
import Hummingbird
import NIOCore
import Notation

extension DispatcherAPI {
    /// Answers with the whole delivery log, read and sent page by page.
    func deliveryLog() -> Response {
        let (store, policy) = (dispatcher.store, dispatcher.policy)
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: "{\"deliveries\":["))
            var last: Int64? = 0
            var separator = ""
            while let after = last {
                let (page, next) = try await store.deliveries(after: after, count: 10)
                for delivery in page {
                    try await writer.write(ByteBuffer(string: separator + policy.logged(delivery).shown.compact()))
                    separator = ","
                }
                last = next
            }
            try await writer.write(ByteBuffer(string: "]}"))
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: [.contentType: "application/json"], body: body)
    }
}
