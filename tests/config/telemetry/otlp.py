"""A receiver of traces: takes OTLP over HTTP, as a collector does, and keeps the spans."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)


class Receiver:
    """spans: by their id, each as its name, parent, trace, service and attributes."""

    def __init__(self) -> None:
        self.spans: dict[bytes, dict[str, Any]] = {}
        self.bodies: list[bytes] = []
        self.url = ""

    def take(self, body: bytes) -> None:
        self.bodies.append(body)
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            service = next(
                one.value.string_value
                for one in resource.resource.attributes
                if one.key == "service.name"
            )
            for span in (one for scope in resource.scope_spans for one in scope.spans):
                self.spans[span.span_id] = {
                    "name": span.name,
                    "parent": span.parent_span_id,
                    "trace": span.trace_id,
                    "service": service,
                    "attributes": {one.key for one in span.attributes},
                }

    def way_to(self, name: str, clip: str) -> list[str]:
        """Names from the root to the first span of this name under the span `clip`; else empty."""
        for span in list(self.spans.values()):
            way = [span["name"]]
            while parent := self.spans.get(span["parent"]):
                way.insert(0, parent["name"])
                span = parent
            if way[-1] == name and clip in way:
                return way
        return []


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            zipped = self.headers.get("Content-Encoding") == "gzip"
            receiver.take(gzip.decompress(body) if zipped else body)
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.end_headers()
            self.wfile.write(ExportTraceServiceResponse().SerializeToString())

        def log_message(self, *_: Any) -> None:
            """Called for every request."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
