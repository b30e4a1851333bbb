# SPDX-License-Identifier: MIT
"""Every request with random bodies: whatever it asks for, it is answered or refused, and the device stays in order."""

import random

from check_acts import REFUSALS
from device import Refused
from report import expect

SEED = 7
ROUNDS = 10
DEEPEST = 4
# They restart a device: it would answer nobody for the rest.
RESTARTS = {"reboot", "factory_reset", "dish_factory_reset", "update"}
STILL_ANSWERED = {
    "dish": ("get_status", "get_history", "get_diagnostics", "dish_get_config", "dish_get_obstruction_map"),
    "router": ("get_status", "get_history", "get_diagnostics", "wifi_get_config", "wifi_get_clients"),
}


def check_random(report, dish, router):
    report.group = "random"
    for device, what in ((dish, "dish"), (router, "router")):
        if device is None:
            continue
        with report.check(f"{what}: {ROUNDS} rounds of every request with random bodies, seed {SEED}"):
            draw = random.Random(SEED)
            for field in device.request_type.DESCRIPTOR.oneofs_by_name["request"].fields:
                if field.name not in RESTARTS:
                    for _ in range(ROUNDS):
                        _ask(device, field.name, draw)
        with report.check(f"{what}: it still answers"):
            for name in STILL_ANSWERED[what]:
                expect(device.ask(**{name: {}}).WhichOneof("response") is not None, name)


def _ask(device, name, draw):
    request = device.request_type()
    body = getattr(request, name)
    body.SetInParent()
    _fill(body, draw, 0)
    try:
        device.ask(**{name: body})
    except Refused as refused:
        expect(refused.code in REFUSALS, f"{name} {{{str(body)[:200]}}}: {refused}")


def _fill(message, draw, depth):
    for field in message.DESCRIPTOR.fields:
        kind = field.message_type
        if draw.random() < 0.4 or (kind is not None and (depth == DEEPEST or kind.GetOptions().map_entry)):
            continue
        count = draw.randrange(4) if field.label == field.LABEL_REPEATED else None
        member = getattr(message, field.name)
        if kind is not None:
            members = [member] if count is None else [member.add() for _ in range(count)]
            for one in members:
                one.SetInParent()
                _fill(one, draw, depth + 1)
        elif count is None:
            setattr(message, field.name, _value(field, draw))
        else:
            member.extend(_value(field, draw) for _ in range(count))


def _value(field, draw):
    """One that is likely to matter: around zero, at the ends, or none of the schema's."""
    if field.type == field.TYPE_BYTES:
        return b"\x00\xff\x7f" * draw.randrange(4)
    if field.type == field.TYPE_STRING:
        return "".join(draw.choice("aZ0 :é€\U0001f600") for _ in range(draw.randrange(12)))
    if field.type == field.TYPE_BOOL:
        return draw.random() < 0.5
    if field.type in (field.TYPE_FLOAT, field.TYPE_DOUBLE):
        return draw.choice([0, -1.5, 5, 1e38, float("nan"), float("inf")])
    if field.type == field.TYPE_ENUM:
        return draw.choice([0, 1, 2, 77, -1])
    bits = 64 if field.cpp_type in (field.CPPTYPE_INT64, field.CPPTYPE_UINT64) else 32
    if field.cpp_type in (field.CPPTYPE_UINT32, field.CPPTYPE_UINT64):
        return draw.choice([0, 1, 5, 2**bits - 1])
    return draw.choice([0, -1, 5, 2 ** (bits - 1) - 1, -(2 ** (bits - 1))])
