# SPDX-License-Identifier: MIT
"""The HTTP API of Perigee that stages scenes and knows where terminals answer."""

import json
import urllib.error
import urllib.request


class Admin:
    def __init__(self, url):
        self.url = url

    def _ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"x-perigee-client": "conformance"}
        if data is not None:
            headers["content-type"] = "application/json"
        request = urllib.request.Request(self.url + path, data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return json.loads(response.read() or b"null")
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()}") from None

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, body):
        return self._ask("POST", path, body)

    def scenes(self):
        return [scene["name"] for scene in self.get("/v1/scenes")]

    def stage(self, terminal, scene):
        """Puts a terminal into a scene; None ends whatever scene it is in."""
        path = f"/v1/terminals/{terminal}/scene"
        return self._ask("DELETE", path) if scene is None else self._ask("PUT", path, {"scene": scene})
