"""What one would write oneself: an asyncio server that answers 200 and writes each request down as a line of JSON."""

import asyncio
import json
import sys
import time


class Recorder(asyncio.Protocol):
    def __init__(self, journal):
        self.journal = journal
        self.pending = b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.pending += data
        while True:
            end = self.pending.find(b"\r\n\r\n")
            if end < 0:
                return
            first, *lines = self.pending[:end].decode("latin-1").split("\r\n")
            headers = [tuple(part.strip() for part in line.split(":", 1)) for line in lines]
            length = int(next((value for name, value in headers if name.lower() == "content-length"), 0))
            if len(self.pending) < end + 4 + length:
                return
            body = self.pending[end + 4 : end + 4 + length].decode("utf-8", "replace")
            self.pending = self.pending[end + 4 + length :]
            record = {"at": time.time(), "request": first, "headers": headers, "body": body}
            self.journal.write(json.dumps(record) + "\n")
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


async def main(port, path):
    with open(path, "w", buffering=65536) as journal:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Recorder(journal), "127.0.0.1", port, backlog=4096)
        await server.serve_forever()


asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
