# SPDX-License-Identifier: MIT
"""gRPC-Web with Python's own HTTP client and our own framing, and what web pages may do."""

import base64
import struct
import urllib.error
import urllib.parse
import urllib.request

from device import METHOD
from report import equal, expect

UNIMPLEMENTED = 12
TRAILERS = 0x80
STRANGER = "http://stranger.example"


class Answer:
    def __init__(self, response, body):
        self.code = response.status
        self.headers = response.headers
        self.body = body


def _http(url, method="POST", body=None, headers=None):
    request = urllib.request.Request(url, data=body, headers=headers or {}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return Answer(response, response.read())
    except urllib.error.HTTPError as error:
        return Answer(error, error.read())


def _frame(message):
    return struct.pack(">BI", 0, len(message)) + message


def _frames(body):
    """Messages and trailers of a body; every byte has to belong to a frame."""
    messages, trailers = [], {}
    while body:
        expect(len(body) >= 5, f"{len(body)} bytes are left over")
        flag, length = struct.unpack(">BI", body[:5])
        payload, body = body[5 : 5 + length], body[5 + length :]
        equal(len(payload), length, "the frame's length")
        if flag & TRAILERS:
            expect(not body, "something follows the trailers")
            lines = payload.decode("ascii").strip("\r\n").split("\r\n")
            pairs = (line.partition(":") for line in lines)
            trailers = {key.lower(): value.strip() for key, _, value in pairs}
        else:
            messages.append(payload)
    return messages, trailers


def _call(url, message, text=False, **headers):
    kind = "application/grpc-web-text" if text else "application/grpc-web+proto"
    body = base64.b64encode(_frame(message)) if text else _frame(message)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = _http(url, body=body, headers={"content-type": kind, "x-grpc-web": "1", **named})
    equal(answer.code, 200, "the code of HTTP")
    raw = base64.b64decode(answer.body, validate=True) if text else answer.body
    messages, trailers = _frames(raw)
    # A refusal may come as headers alone.
    status = trailers.get("grpc-status", answer.headers.get("grpc-status"))
    said = trailers.get("grpc-message", answer.headers.get("grpc-message")) or ""
    return answer, messages, None if status is None else int(status), urllib.parse.unquote(said)


def check_web(report, dish, address):
    report.group = "web"
    url = f"http://{address}{METHOD}"
    own = f"http://{address}"
    ask = dish.request_type(id=7, get_status={}).SerializeToString()

    def answered(**how):
        answer, messages, status, said = _call(url, ask, **how)
        equal((status, said), (0, ""), "the status")
        equal(len(messages), 1, "messages")
        response = dish.response_type.FromString(messages[0])
        equal((response.id, response.WhichOneof("response")), (7, "dish_get_status"), "the answer")
        return answer, response

    with report.check("binary: the same answer as over gRPC, then trailers"):
        answer, response = answered()
        equal(answer.headers["content-type"], "application/grpc-web+proto", "the type")
        equal(response.dish_get_status.device_info, dish.status().device_info, "the terminal")
    with report.check("text: the same in base64"):
        answer, _ = answered(text=True)
        expect(answer.headers["content-type"].startswith("application/grpc-web-text"), "the type")
    with report.check("a long answer comes whole"):
        _, messages, status, _ = _call(url, dish.request_type(get_history={}).SerializeToString())
        equal(status, 0, "the status")
        history = dish.response_type.FromString(messages[0]).dish_get_history
        equal(len(history.power_in), 900, "samples")
    with report.check("refusals carry their status and words"):
        _, messages, status, said = _call(url, b"\xfa\xf0\x04\x00")
        equal((messages, status, said), ([], UNIMPLEMENTED, "Unimplemented: <nil>"), "the refusal")
        _, messages, status, _ = _call(f"http://{address}/No.Such/Method", ask)
        equal((messages, status), ([], UNIMPLEMENTED), "another method's refusal")
    preflight = {
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,x-grpc-web",
    }
    with report.check("preflight of the terminal's own page: it may"):
        answer = _http(url, "OPTIONS", headers={"origin": own, **preflight})
        expect(answer.code in (200, 204), f"the code is {answer.code}")
        equal(answer.headers["access-control-allow-origin"], own, "the origin allowed")
        expect("POST" in answer.headers["access-control-allow-methods"], "POST is not allowed")
        named = answer.headers["access-control-allow-headers"].lower().split(",")
        allowed = {name.strip() for name in named}
        expect({"content-type", "x-grpc-web"} <= allowed, f"only {allowed} are allowed")
    with report.check("preflight of another page: nothing is allowed"):
        answer = _http(url, "OPTIONS", headers={"origin": STRANGER, **preflight})
        allowed = [name for name in answer.headers if name.lower().startswith("access-control-")]
        equal((allowed, answer.body), ([], b""), "what it is told")
    with report.check("a call of the terminal's own page is answered, and readable to it"):
        answer, _ = answered(origin=own, referer=f"{own}/index.html")
        equal(answer.headers["access-control-allow-origin"], own, "the origin allowed")
        exposed = answer.headers["access-control-expose-headers"] or ""
        expect("grpc-status" in exposed, "the status is not exposed")
    with report.check("a call of another page, by origin or referer, gets an empty 200 or 403"):
        for headers in ({"origin": STRANGER}, {"referer": f"{STRANGER}/a/b?c"}, {"origin": "null"}):
            typed = {"content-type": "application/grpc-web+proto", **headers}
            answer = _http(url, body=_frame(ask), headers=typed)
            expect(answer.code in (200, 403), f"{headers} got {answer.code}")
            equal(answer.body, b"", f"what {headers} got")
            expect("access-control-allow-origin" not in answer.headers, f"{headers} may read it")
