# SPDX-License-Identifier: MIT
"""What an owner does to a terminal takes effect: stowing, sleep, satellite navigation, settings, a restart."""

import time

from check_exporters import newest_sample, samples_since, state_by_outage
from check_requests import WRITES_ON_DISH, check_answer
from device import Refused, eventually
from report import between, equal, expect

PERMISSION_DENIED = 7
UNAVAILABLE = 14
# An empty body is too little, names nothing that is there, or is asked for in vain. Never an accident.
REFUSALS = {3, 5, 7, 9, 12}
# These end the terminal as it is; the restart has its own check.
ENDINGS = {"reboot", "factory_reset", "dish_factory_reset", "wifi_setup"}
ANSWERS_WITHIN_S = 15
CONNECTS_WITHIN_S = 90


def check_acts(report, dish, router):
    report.group = "acts"
    _check_stow(report, dish)
    _check_sleep(report, dish)
    _check_gps(report, dish)
    _check_map(report, dish)
    _check_settings(report, dish)
    for name, wanted in WRITES_ON_DISH.items():
        check_answer(report, dish, "dish", name, wanted)
    for device, what in ((dish, "dish"), (router, "router")):
        if device is not None:
            with report.check(f"{what}: every other request of the schema is answered, or refused properly"):
                _check_all(device)
    dish.ask(dish_stow={"unstow": True})
    if router is not None:
        with report.check("router: restarted, it answers nobody"):
            equal(router.ask(reboot={}).WhichOneof("response"), "reboot", "the answer")
            equal(router.refusal(get_status={}).code, UNAVAILABLE, "the status meanwhile")
    _check_restart(report, dish)
    if router is not None:
        with report.check("router: it comes back, younger"):
            status = eventually("it answers", CONNECTS_WITHIN_S, lambda: _answer(router))
            uptime = status.wifi_get_status.device_state.uptime_s
            between(0, uptime, CONNECTS_WITHIN_S, "the uptime")


def _state(dish):
    return state_by_outage(dish.status())


def _check_stow(report, dish):
    with report.check("stowed: an outage at once, shown everywhere; unstowed: connected"):
        equal(dish.ask(dish_stow={}).WhichOneof("response"), "dish_stow", "the answer")
        status = dish.status()
        equal((state_by_outage(status), status.stow_requested), ("STOWED", True), "the state")
        expect(dish.ask(get_diagnostics={}).dish_get_diagnostics.stowed, "diagnostics do not say so")
        dish.ask(dish_stow={"unstow": True})
        eventually("it is connected", 10, lambda: _state(dish) == "CONNECTED")
        expect(not dish.status().stow_requested, "it is still asked to stow")


def _check_sleep(report, dish):
    with report.check("asleep on its schedule: an outage and an alert; the schedule off: connected"):
        now = time.gmtime()
        minute = (now.tm_hour * 60 + now.tm_min - 5) % 1440
        dish.ask(
            dish_power_save={
                "enable_power_save": True,
                "power_save_start_minutes": minute,
                "power_save_duration_minutes": 30,
            }
        )
        status = dish.status()
        equal((state_by_outage(status), status.alerts.is_power_save_idle), ("SLEEPING", True), "the state")
        config = dish.config()
        equal(
            (config.power_save_mode, config.power_save_start_minutes, config.power_save_duration_minutes),
            (True, minute, 30),
            "the schedule",
        )
        dish.ask(
            dish_power_save={
                "enable_power_save": True,
                "power_save_start_minutes": (minute + 600) % 1440,
                "power_save_duration_minutes": 30,
            }
        )
        eventually("awake outside of it", 10, lambda: _state(dish) == "CONNECTED")
        dish.ask(dish_power_save={})
        expect(not dish.config().power_save_mode, "the schedule is still on")


def _check_gps(report, dish):
    with report.check("satellite navigation off: no satellites, no place from it; on again: both"):
        answer = dish.ask(dish_inhibit_gps={"inhibit_gps": True}).dish_inhibit_gps
        equal(answer.inhibit_gps, True, "the answer")
        gps = dish.status().gps_stats
        equal((gps.inhibit_gps, gps.gps_valid, gps.gps_sats), (True, False, 0), "the receiver")
        sources = dish.schema.enum("SpaceX.API.Device.PositionSource").values_by_name
        place = dish.ask(get_location={}).get_location
        equal(place.source, sources["STARLINK"].number, "the place's source")
        dish.refusal(get_location={"source": sources["GPS"].number})
        dish.ask(dish_inhibit_gps={})
        gps = eventually("it is valid", 10, lambda: _valid_gps(dish))
        expect(not gps.inhibit_gps and gps.gps_sats > 0, "it sees no satellites")
        place = dish.ask(get_location={"source": sources["GPS"].number}).get_location
        equal(place.source, sources["GPS"].number, "the place's source")


def _valid_gps(dish):
    gps = dish.status().gps_stats
    return gps if gps.gps_valid else None


def _check_map(report, dish):
    with report.check("the map of obstructions, cleared: empty, an alert, then it fills again"):
        dish.ask(dish_clear_obstruction_map={})
        sky = dish.ask(dish_get_obstruction_map={}).dish_get_obstruction_map
        expect(sum(value >= 0 for value in sky.snr) <= 3, "something is left on it")
        expect(dish.status().alerts.obstruction_map_reset, "there is no alert")
        eventually("it has looked", 10, lambda: _places_seen(dish) > 0)


def _places_seen(dish):
    sky = dish.ask(dish_get_obstruction_map={}).dish_get_obstruction_map
    return sum(value >= 0 for value in sky.snr)


def _check_settings(report, dish):
    with report.check("settings are taken where apply_ is set, and only there"):
        before = dish.config()
        modes = before.DESCRIPTOR.fields_by_name["snow_melt_mode"].enum_type.values_by_name
        wanted = modes["ALWAYS_ON"].number
        answer = dish.ask(
            dish_set_config={
                "dish_config": {
                    "snow_melt_mode": wanted,
                    "apply_snow_melt_mode": True,
                    # Not to be taken.
                    "swupdate_reboot_hour": (before.swupdate_reboot_hour + 5) % 24,
                }
            }
        )
        after = dish.config()
        equal(answer.dish_set_config.updated_dish_config, after, "the answer")
        equal(after.snow_melt_mode, wanted, "the mode")
        equal(after.swupdate_reboot_hour, before.swupdate_reboot_hour, "the hour")
        equal(dish.status().config, after, "the settings in the status")
        back = {"snow_melt_mode": before.snow_melt_mode, "apply_snow_melt_mode": True}
        dish.ask(dish_set_config={"dish_config": back})
        equal(dish.config(), before, "the settings at the end")
    with report.check("a setting out of its range is refused, and changes nothing"):
        before = dish.config()
        wrong = {"swupdate_reboot_hour": 24, "apply_swupdate_reboot_hour": True}
        equal(dish.refusal(dish_set_config={"dish_config": wrong}).code, 3, "the status")
        equal(dish.config(), before, "the settings")


def _check_all(device):
    answers = device.response_type.DESCRIPTOR.oneofs_by_name["response"].fields
    known = {field.name for field in answers}
    oneof = device.request_type.DESCRIPTOR.oneofs_by_name["request"]
    for field in oneof.fields:
        if field.name in ENDINGS:
            continue
        try:
            member = device.ask(**{field.name: {}}).WhichOneof("response")
        except Refused as refused:
            expect(refused.code in REFUSALS, f"{field.name}: {refused}")
        else:
            expect(member is None or member in known, f"{field.name} was answered with {member}")


def _check_restart(report, dish):
    before = dish.ask(get_device_info={}).get_device_info.device_info
    with report.check("restarted: it answers nobody, then boots with an empty history and one start more"):
        equal(dish.ask(reboot={}).WhichOneof("response"), "reboot", "the answer")
        equal(dish.refusal(get_status={}).code, UNAVAILABLE, "the status meanwhile")
        status = eventually("it answers", ANSWERS_WITHIN_S, lambda: _answer(dish)).dish_get_status
        equal(state_by_outage(status), "BOOTING", "the state")
        equal(status.device_info.bootcount, before.bootcount + 1, "its starts")
        reasons = dish.schema.enum("SpaceX.API.Device.RebootReason").values_by_number
        equal(reasons[status.reboot_reason].name, "REBOOT_REASON_MANUAL", "the reason")
        between(0, status.device_state.uptime_s, ANSWERS_WITHIN_S, "the uptime")
    with report.check("just started: rings of 900 from the first sample on, so that no exporter breaks"):
        for _ in range(3):
            history = dish.history()
            equal(len(history.power_in), 900, "samples")
            between(0, history.current, 60, "samples since the start")
            # Unsigned arithmetic at zero samples lands somewhere in the rings.
            between(0, newest_sample(history), 899, "the newest place")
            equal(len(samples_since(history, 10**6)), history.current, "samples after a restart was noticed")
            before_it = history.power_in[history.current :]
            expect(not any(before_it), "samples of before the restart are left")
            time.sleep(1)
    with report.check("BOOTING, SKY_SEARCH, CONNECTED; then it says how long each step took"):
        seen = []

        def connected():
            state = _state(dish)
            if not seen or seen[-1] != state:
                seen.append(state)
            return state == "CONNECTED"

        eventually("it is connected", CONNECTS_WITHIN_S, connected)
        equal(seen[:2], ["BOOTING", "SKY_SEARCH"], "the first states")
        took = eventually("its first second of pings is over", 3, lambda: _entered(dish))
        names = ("rf_ready", "gps_valid", "attitude_initialization", "ekf_converged", "first_pop_ping")
        steps = [getattr(took, name) for name in names]
        equal(steps, sorted(steps), "the order of the steps")
        expect(0 < steps[0], "the radio took no time")
        uptime = dish.status().device_state.uptime_s
        between(steps[-1], uptime, CONNECTS_WITHIN_S, "the uptime")


def _entered(dish):
    took = dish.status().initialization_duration_seconds
    return took if took.first_pop_ping > 0 else None


def _answer(device):
    try:
        return device.ask(1, get_status={})
    except Refused:
        return None
