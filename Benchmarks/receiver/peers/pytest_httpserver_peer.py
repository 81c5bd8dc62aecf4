"""pytest-httpserver as a test would use it, without pytest; its log of all requests is always on."""

import re
import sys
import threading

from pytest_httpserver import HTTPServer

server = HTTPServer(host="127.0.0.1", port=int(sys.argv[1]), threaded=True)
server.expect_request(re.compile(".*")).respond_with_data("")
server.start()
threading.Event().wait()
