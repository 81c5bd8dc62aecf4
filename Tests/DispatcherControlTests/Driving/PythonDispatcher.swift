/// A small dispatcher in Python: it tells what it was asked, and answers as the path and the body say.
enum PythonDispatcher {
    static let description = """
        dispatcher: a small server
        start:
          command:
            - python3
            - -u
            - -c
            - |
              \(program.replacing("\n", with: "\n      "))
        ready: { line: "listening on {address}", within: 300s }
        register:
          post: "{address}/endpoints"
          headers: { X-Token: "for {endpoint}" }
          body: { url: "{url}", events: "{events}", secret: "{secret}" }
          capture: { endpoint_id: /data/id }
        enable: { post: "{address}/endpoints/{endpoint_id}/enable" }
        disable: { put: "{address}/endpoints/{endpoint_id}/disable", body: { active: false } }
        emit:
          post: "{address}/events/{event_type}"
          headers: { Content-Type: application/cloudevents+json }
          body: "{payload}"
          capture: { event_id: /id }
        delivery_log:
          get: "{address}/log"
          list: /page/items
          fields:
            id: /id
            event id: /event
            event type: /type
            created at: /at
            url: /to
            latest status: /last
            payload: /sent
          attempts: /tries
          attempt_fields:
            number: /n
            outcome: /result
            attempted at: /at
            response code: /code
            response headers: /headers
            response body: /body
            error: /why
        """

    private static let program = """
        import http.server, json
        LOG = {"page": {"items": [
            {"id": 7, "event": "evt-1", "type": "a.b", "at": "2026-01-01T00:00:00Z", "to": "https://h/1", "last": "200",
             "sent": {"k": 1}, "tries": [
                {"n": 1, "result": "failed", "code": None, "why": "timeout"},
                {"n": 2, "result": "succeeded", "code": 200, "headers": {"A": "b"}, "body": "ok", "at": "later"}]},
            {"id": "8"}]}}
        class Handler(http.server.BaseHTTPRequestHandler):
            def do(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                print(self.command, self.path, body, self.headers.get("X-Token") or self.headers.get("Content-Type"))
                status, answer = 200, {"id": 41}
                if self.path == "/log": answer = LOG
                if self.path == "/endpoints": status, answer = 201, {"data": {"id": "ep-7"}}
                if "refused" in self.path + body: status, answer = 422, {"error": "not that one"}
                if "dropped" in self.path: return
                if "broken" in self.path: answer = "no log"
                data = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
            do_GET = do_POST = do_PUT = do_DELETE = do
            def log_message(self, *rest): pass
        server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        print("listening on http://127.0.0.1:%d" % server.server_port)
        server.serve_forever()
        """
}
