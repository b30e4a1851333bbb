# SPDX-License-Identifier: MIT
"""A device's local API over gRPC, with message classes built from what it reflects."""

import time

import grpc

from reflection import reflect

METHOD = "/SpaceX.API.Device.Device/Handle"
# What exporters allow: one second for the status, five for anything long.
STATUS_S = 1
HISTORY_S = 5
MOST_BYTES = 4 << 20


class Refused(Exception):
    """A call that ended with another status than OK."""

    def __init__(self, code, message):
        super().__init__(f"status {code}: {message}")
        self.code = code
        self.message = message


class Device:
    def __init__(self, address, schema=None):
        self.address = address
        self.schema = schema or reflect(address)
        self.request_type = self.schema.message("SpaceX.API.Device.Request")
        self.response_type = self.schema.message("SpaceX.API.Device.Response")
        self.channel = grpc.insecure_channel(
            address, options=[("grpc.max_receive_message_length", MOST_BYTES)]
        )
        self._handle = self.channel.unary_unary(METHOD)

    def raw(self, request, timeout_s=HISTORY_S):
        """Bytes in, bytes out."""
        try:
            return self._handle(request, timeout=timeout_s)
        except grpc.RpcError as error:
            raise Refused(error.code().value[0], error.details()) from None

    def ask(self, timeout_s=HISTORY_S, **request):
        """One request, named as in the schema: `ask(get_status={})`."""
        return self.response_type.FromString(
            self.raw(self.request_type(**request).SerializeToString(), timeout_s)
        )

    def refusal(self, **request):
        """The refusal of a request that must not be answered."""
        try:
            answer = self.ask(**request)
        except Refused as refused:
            return refused
        raise AssertionError(f"{sorted(request)} was answered with {answer.WhichOneof('response')}")

    def status(self):
        answer = self.ask(STATUS_S, get_status={})
        if answer.WhichOneof("response") != "dish_get_status":
            raise AssertionError(f"get_status was answered with {answer.WhichOneof('response')}")
        return answer.dish_get_status

    def history(self):
        return self.ask(HISTORY_S, get_history={}).dish_get_history

    def config(self):
        return self.ask(dish_get_config={}).dish_get_config.dish_config


def eventually(what, within_s, probe):
    """Polls until `probe` gives something true."""
    until = time.monotonic() + within_s
    while True:
        found = probe()
        if found:
            return found
        if time.monotonic() > until:
            raise AssertionError(f"not within {within_s} s: {what}")
        time.sleep(0.1)


def is_present(message, name):
    """Whether a field is on the wire: set, and not at proto3's default."""
    return any(field.name == name for field, _ in message.ListFields())
