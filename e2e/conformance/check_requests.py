# SPDX-License-Identifier: MIT
"""Each request that clients of real terminals make, asked with an empty body."""

from device import HISTORY_S, STATUS_S, Refused
from report import Skipped, equal, expect

PERMISSION_DENIED = 7
UNIMPLEMENTED = 12

# Request -> what answers it, with its number, or the status that refuses it. Some numbers differ from the request's.
ON_DISH = {
    "get_status": ("dish_get_status", 2004),
    "get_history": ("dish_get_history", 2006),
    "get_device_info": ("get_device_info", 1004),
    "get_diagnostics": ("dish_get_diagnostics", 6001),
    "dish_get_obstruction_map": ("dish_get_obstruction_map", 2008),
    "dish_get_config": ("dish_get_config", 2011),
    "dish_get_context": PERMISSION_DENIED,
    "wifi_get_clients": UNIMPLEMENTED,
    "wifi_get_config": UNIMPLEMENTED,
}
ON_ROUTER = {
    "get_status": ("wifi_get_status", 3004),
    "get_history": ("wifi_get_history", 3006),
    "get_device_info": ("get_device_info", 1004),
    "get_diagnostics": ("wifi_get_diagnostics", 6000),
    "wifi_get_clients": ("wifi_get_clients", 3002),
    "wifi_get_config": ("wifi_get_config", 3009),
    "get_radio_stats": ("get_radio_stats", 1035),
    "get_network_interfaces": ("get_network_interfaces", 1015),
    "dish_get_obstruction_map": UNIMPLEMENTED,
    "dish_stow": UNIMPLEMENTED,
}
# They change a terminal, some even with an empty body.
WRITES_ON_DISH = {
    "dish_clear_obstruction_map": ("dish_clear_obstruction_map", 2015),
    "dish_set_config": ("dish_set_config", 2010),
    # No answer of its own was ever seen: an envelope.
    "dish_power_save": (None, None),
    "dish_inhibit_gps": ("dish_inhibit_gps", 2013),
    "dish_stow": ("dish_stow", 2002),
}


def check_requests(report, dish, router):
    report.group = "requests"
    for name, wanted in ON_DISH.items():
        check_answer(report, dish, "dish", name, wanted)
    with report.check("dish: get_location is answered with 1017, or refused with 7"):
        try:
            _check_member(dish, dish.ask(get_location={}), "get_location", 1017)
        except Refused as refused:
            equal(refused.code, PERMISSION_DENIED, "the status")
    if router is None:
        with report.check("router"):
            raise Skipped("no router was given")
        return
    for name, wanted in ON_ROUTER.items():
        check_answer(report, router, "router", name, wanted)
    with report.check("a target_id is answered by the device that it names, behind the same cable"):
        router_id = router.ask(get_device_info={}).get_device_info.device_info.id
        expect(router_id.startswith("Router-"), router_id)
        answer = dish.ask(target_id=router_id, get_status={})
        equal(answer.wifi_get_status.device_info.id, router_id, "who answered")
        own = dish.status().device_info.id
        expect(own.startswith("ut"), own)
        equal(dish.ask(target_id=own, get_status={}).dish_get_status.device_info.id, own, "who answered")
        refused = dish.refusal(target_id="ut00000000-00000000-00000000", get_status={})
        expect(refused.code != 0, "a stranger's name was answered")


def check_answer(report, device, what, name, wanted):
    """One request with an empty body: what answers it, under which number, or with which status it is refused."""
    timeout_s = STATUS_S if name == "get_status" else HISTORY_S
    if isinstance(wanted, int):
        with report.check(f"{what}: {name} is refused with status {wanted}"):
            equal(device.refusal(**{name: {}}).code, wanted, "the status")
        return
    member, number = wanted
    said = "an envelope" if member is None else f"{member} {number}"
    with report.check(f"{what}: {name} is answered with {said} within {timeout_s} s"):
        raw = device.raw(device.request_type(**{name: {}}).SerializeToString(), timeout_s)
        answer = device.response_type.FromString(raw)
        _check_member(device, answer, member, number)
        _check_bytes(answer, raw)


def _check_bytes(answer, raw):
    """Nothing that the schema does not know, nothing unpacked, no default spelled out: protobuf would write as much."""
    known = type(answer)()
    known.CopyFrom(answer)
    known.DiscardUnknownFields()
    equal(len(known.SerializeToString()), len(raw), "bytes, of what the schema knows")


def _check_member(device, answer, member, number):
    equal(answer.WhichOneof("response"), member, "the answer")
    if member is not None:
        equal(device.response_type.DESCRIPTOR.fields_by_name[member].number, number, "its number")
