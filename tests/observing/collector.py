"""A collector of OpenTelemetry: it takes what processes send it, and shows it."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span as Sent


@dataclass(frozen=True, slots=True)
class Span:
    """What a process said that it did."""

    role: str
    name: str
    trace: str
    id: str
    parent: str
    links: tuple[str, ...]
    """The traces that it is linked to."""
    began: int
    attributes: dict[str, str]
    failed: str


class Collector(ThreadingHTTPServer):
    """Where processes send their spans."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.spans: list[Span] = []
        self.raw: list[bytes] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1/traces"

    def take(self, body: bytes) -> None:
        self.raw.append(body)
        for of_a_process in ExportTraceServiceRequest.FromString(body).resource_spans:
            about = {
                one.key: one.value.string_value for one in of_a_process.resource.attributes
            }
            for scope in of_a_process.scope_spans:
                self.spans += [_span(about["holdshort.role"], one) for one in scope.spans]


class _Handler(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        zipped = self.headers.get("Content-Encoding") == "gzip"
        self.server.take(gzip.decompress(body) if zipped else body)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def _span(role: str, sent: Sent) -> Span:
    return Span(
        role=role,
        name=sent.name.removeprefix("holdshort "),
        trace=sent.trace_id.hex(),
        id=sent.span_id.hex(),
        parent=sent.parent_span_id.hex(),
        links=tuple(link.trace_id.hex() for link in sent.links),
        began=sent.start_time_unix_nano,
        attributes=_said(sent.attributes),
        failed=sent.status.message,
    )


def _said(attributes: Iterable[KeyValue]) -> dict[str, str]:
    return {one.key: one.value.string_value or str(one.value.int_value) for one in attributes}


@contextmanager
def collecting() -> Iterator[Collector]:
    """A collector, as long as the block lasts."""
    with Collector() as collector:
        thread = threading.Thread(target=collector.serve_forever, daemon=True)
        thread.start()
        yield collector
        collector.shutdown()
        thread.join()
