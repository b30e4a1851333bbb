# SPDX-License-Identifier: MIT
"""A terminal in every scene: each disablement code, each cause of an outage, each alert, and none of them at the end."""

import time

from admin import Admin
from check_exporters import gps_seconds, state_by_outage
from device import Refused, eventually, is_present
from report import between, equal, expect

CODES = "SpaceX.API.Satellites.Network.UtDisablementCode"
CAUSES = "SpaceX.API.Device.DishOutage.Cause"
UNAVAILABLE = 14
# What follows from an input shows at once, or when the second is over; on a busy machine, a little later.
SETTLES_S = 6

# Alerts of get_status: the scene in which each shows. Those of outages and codes are in theirs.
ALERTS = {
    "motors_stuck": "motors-stuck",
    "thermal_shutdown": "thermal-shutdown",
    "thermal_throttle": "thermal-throttle",
    "unexpected_location": "too-far-from-service-address",
    "mast_not_near_vertical": "mast-tilted",
    "slow_ethernet_speeds": "ethernet-10",
    "slow_ethernet_speeds_100": "ethernet-100",
    "roaming": "roaming",
    "install_pending": "install-pending",
    "is_heating": "heating",
    "power_supply_thermal_throttle": "supply-throttle",
    "is_power_save_idle": "sleeping",
    "dbf_telem_stale": "beamformer-stale",
    "low_motor_current": "weak-motors",
    "lower_signal_than_predicted": "weak-signal",
    "obstruction_map_reset": "map-reset",
    "dish_water_detected": "dish-water",
    "router_water_detected": "router-water",
    "upsu_router_port_slow": "supply-port-slow",
    "no_ethernet_link": "no-ethernet",
}
# What was done is done: it lasts when its scene is over.
LASTING = {"obstruction_map_reset"}
# Where the names of a cause and of a code would be the same.
SCENE_OF_CAUSE = {"UNKNOWN": "unknown-outage"}


def scene_of(name):
    return name.lower().replace("_", "-")


def check_scenes(report, dish, admin_url, terminal):
    report.group = "scenes"
    admin = Admin(admin_url)
    try:
        _check_codes(report, dish, admin, terminal)
        _check_causes(report, dish, admin, terminal)
        _check_alerts(report, dish, admin, terminal)
        with report.check("unplugged: nobody answers"):
            admin.stage(terminal, "unplugged")
            equal(dish.refusal(get_status={}).code, UNAVAILABLE, "the status")
    finally:
        with report.check("every scene ends: it starts again after its loss of power"):
            admin.stage(terminal, None)
            eventually("it answers", 15, lambda: _answers(dish))
            expect(dish.history().current < 60, "its history did not begin again")


def _check_codes(report, dish, admin, terminal):
    """One terminal per code: it keeps its link and says why it is restricted, in its status and its diagnostics."""
    codes = dish.schema.enum(CODES)
    for code in codes.values:
        with report.check(f"code {code.number} {code.name}: connected, and it says so twice"):
            admin.stage(terminal, scene_of(code.name))
            status = dish.status()
            equal(codes.values_by_number[status.disablement_code].name, code.name, "the status' code")
            equal(state_by_outage(status), "CONNECTED", "the state")
            diagnostics = dish.ask(get_diagnostics={}).dish_get_diagnostics
            equal(diagnostics.disablement_code, code.number, "the diagnostics' code")
            names = diagnostics.DESCRIPTOR.fields_by_name["disablement_code"].enum_type.values_by_number
            name = names[code.number].name
            equal(name, "UNKNOWN" if code.number == 0 else code.name, "its name there")
            equal(status.is_cell_disabled, code.name == "CELL_IS_DISABLED", "is_cell_disabled")
    admin.stage(terminal, None)


def _check_causes(report, dish, admin, terminal):
    """One terminal per cause: while it lasts, what it does to the samples, and how it is remembered."""
    for cause in dish.schema.enum(CAUSES).values:
        with report.check(f"outage {cause.number} {cause.name}: shown while it lasts, logged in both times"):
            admin.stage(terminal, SCENE_OF_CAUSE.get(cause.name, scene_of(cause.name)))
            shown = eventually(f"{cause.name} shows", SETTLES_S, lambda: _in_outage(dish, cause.number))
            expect(not is_present(shown, "pop_ping_latency_ms"), "a latency is shown in an outage")
            equal(shown.downlink_throughput_bps, 0, "the throughput")
            now = gps_seconds(time.time())
            start = shown.outage.start_timestamp_ns / 1e9
            between(now - SETTLES_S - 5, start, now + 1, "the start, in GPS seconds")
            wanted = "SEARCHING" if cause.name == "NO_SCHEDULE" else cause.name
            equal(state_by_outage(shown), wanted, "the state")
            history = eventually("a sample of it", SETTLES_S, lambda: _sampled_loss(dish))
            expect(any(o.cause == cause.number for o in history.outages), "the history does not list it")
            newest = max(event.start_timestamp_ns for event in history.event_log.events) / 1e9
            now = time.time()
            between(now - 2 * SETTLES_S - 5, newest, now + 1, "the newest event, in Unix seconds")
            admin.stage(terminal, None)
            eventually("it is connected again", SETTLES_S, lambda: not dish.status().HasField("outage"))


def _check_alerts(report, dish, admin, terminal):
    alerts = dish.schema.message("SpaceX.API.Device.DishAlerts").DESCRIPTOR.fields_by_name
    with report.check("there is a scene for every alert of the schema"):
        equal(set(ALERTS), set(alerts), "alerts")
        expect(set(ALERTS.values()) <= set(admin.scenes()), "a scene is not offered")
    for alert, scene in ALERTS.items():
        with report.check(f"alert {alerts[alert].number} {alert}: shown in {scene}"):
            admin.stage(terminal, scene)
            eventually("it shows", SETTLES_S, lambda: getattr(dish.status().alerts, alert))
            admin.stage(terminal, None)
            if alert not in LASTING:
                eventually("it is gone", SETTLES_S, lambda: not getattr(dish.status().alerts, alert))


def _in_outage(dish, cause):
    status = dish.status()
    return status if status.HasField("outage") and status.outage.cause == cause else None


def _sampled_loss(dish):
    """The history once its newest second has lost all its pings."""
    history = dish.history()
    return history if history.pop_ping_drop_rate[(history.current - 1) % 900] == 1 else None


def _answers(dish):
    try:
        return dish.status()
    except Refused:
        return None
