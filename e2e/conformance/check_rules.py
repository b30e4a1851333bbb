# SPDX-License-Identifier: MIT
"""The rules that a terminal must keep because clients break otherwise, as far as reading shows them."""

import math
import time

import grpc

from check_exporters import gps_seconds
from device import METHOD, STATUS_S, Refused, is_present
from report import between, equal, expect

API_VERSION = 42
SAMPLES = 900
HISTORY_BYTES = (17_500, 21_000)
SIDE = 123
UNIMPLEMENTED = 12
RINGS = (
    "pop_ping_drop_rate",
    "pop_ping_latency_ms",
    "downlink_throughput_bps",
    "uplink_throughput_bps",
    "power_in",
)


def check_rules(report, dish, router):
    report.group = "rules"
    with report.check("the envelope repeats the request's id and carries the version of the interface"):
        answer = dish.ask(id=2**53 + 1, get_status={})
        equal(answer.id, 2**53 + 1, "the id")
        equal(answer.api_version, API_VERSION, "the version")
        expect(answer.HasField("status"), "there is no status in it")
    with report.check("1: a connected terminal has no outage at all"):
        status = dish.status()
        expect(not status.HasField("outage"), f"there is one, of cause {status.outage.cause}")
        expect(status.pop_ping_latency_ms > 0, "it has no latency")
    with report.check("3: the quaternion is present, and of length 1"):
        status = dish.status()
        expect(status.HasField("ned2dish_quaternion"), "it is absent")
        q = status.ned2dish_quaternion
        length = math.sqrt(q.q_scalar**2 + q.q_x**2 + q.q_y**2 + q.q_z**2)
        between(0.999, length, 1.001, "its length")
    with report.check("4: five rings of 900 samples, 18 kB, newest at (current - 1) mod 900"):
        answer = dish.ask(get_history={})
        history = answer.dish_get_history
        for ring in RINGS:
            equal(len(getattr(history, ring)), SAMPLES, f"samples of {ring}")
        between(HISTORY_BYTES[0], answer.ByteSize(), HISTORY_BYTES[1], "bytes")
        newest = (history.current - 1) % SAMPLES
        expect(0 <= history.pop_ping_drop_rate[newest] <= 1, "the newest share of lost pings is no share")
        expect(history.power_in[newest] > 0, "the newest second took no power")
    with report.check("4: the rings move on at 1 Hz, and what is past stays as it was"):
        before, began = dish.history(), time.monotonic()
        time.sleep(3.2)
        after, passed_s = dish.history(), time.monotonic() - began
        moved = after.current - before.current
        between(passed_s - 1.1, moved, passed_s + 1.1, "samples since")
        for ring in RINGS:
            old, new = getattr(before, ring), getattr(after, ring)
            changed = {i for i in range(SAMPLES) if old[i] != new[i]}
            expect(
                changed <= {i % SAMPLES for i in range(before.current, after.current)},
                f"{ring} changed at {changed}, between {before.current} and {after.current}",
            )
    with report.check("5: outages count from the GPS epoch, the event log from the Unix epoch"):
        now_s = time.time()
        history = dish.history()
        log = history.event_log
        between(now_s - 5, log.current_timestamp_ns / 1e9, now_s + 5, "the log's now")
        for event in log.events:
            between(
                log.start_timestamp_ns, event.start_timestamp_ns, log.current_timestamp_ns, "an event's time"
            )
            expect(event.device_id == dish.status().device_info.id, "an event is of another terminal")
        for outage in history.outages:
            now = gps_seconds(now_s)
            between(now - 7 * 86_400, outage.start_timestamp_ns / 1e9, now + 5, "an outage's start")
    with report.check("6: the map of obstructions is 123 by 123, -1 or 0 to 1, with its frame"):
        sky = dish.ask(dish_get_obstruction_map={}).dish_get_obstruction_map
        equal((sky.num_rows, sky.num_cols, len(sky.snr)), (SIDE, SIDE, SIDE * SIDE), "its size")
        expect(all(value == -1 or 0 <= value <= 1 for value in sky.snr), "a value is out of range")
        between(1, sum(value >= 0 for value in sky.snr), SIDE * SIDE, "places seen")
        between(0, sky.min_elevation_deg, 30, "its lowest elevation")
        between(45, sky.max_theta_deg, 90, "its widest angle")
        frames = dish.schema.enum("SpaceX.API.Device.ObstructionMapReferenceFrame")
        expect(frames.values_by_number[sky.map_reference_frame].name != "FRAME_UNKNOWN", "its frame")
    with report.check("7: the mean interval between long obstructions is NaN exactly where there is no mean"):
        sky = dish.status().obstruction_stats
        interval = sky.avg_prolonged_obstruction_interval_s
        equal(math.isnan(interval), not sky.avg_prolonged_obstruction_valid, "NaN")
        between(0, sky.fraction_obstructed, 1, "the share of the sky")
        between(0, sky.time_obstructed, 1, "the share of the time")
    with report.check('10: a request of no known number is refused with 12, "Unimplemented: <nil>"'):
        for device in [dish] if router is None else [dish, router]:
            _check_unknown(device)
    with report.check("11: lost pings and power are in the history only"):
        status = dish.status()
        expect(not is_present(status, "pop_ping_drop_rate"), "get_status has pop_ping_drop_rate")
        expect(not is_present(status, "upsu_stats"), "get_status has the supply's power")
    with report.check("12: many callers at once all have their status within a second"):
        request = dish.request_type(get_status={}).SerializeToString()
        handle = dish.channel.unary_unary(METHOD)
        calls = [handle.future(request, timeout=STATUS_S) for _ in range(20)]
        equal({call.code() for call in calls}, {grpc.StatusCode.OK}, "statuses")
    _check_stream(report, dish)


def _check_unknown(device):
    # Field 9999 with an empty message; then nothing at all.
    for request in (b"\xfa\xf0\x04\x00", b""):
        try:
            device.raw(request)
        except Refused as refused:
            equal((refused.code, refused.message), (UNIMPLEMENTED, "Unimplemented: <nil>"), "the refusal")
        else:
            raise AssertionError("it was answered")


def _check_stream(report, dish):
    with report.check("the stream answers requests in order, and health checks"):
        to_device = dish.schema.message("SpaceX.API.Device.ToDevice")
        from_device = dish.schema.message("SpaceX.API.Device.FromDevice")
        stream = dish.channel.stream_stream(
            "/SpaceX.API.Device.Device/Stream",
            request_serializer=to_device.SerializeToString,
            response_deserializer=from_device.FromString,
        )
        asked = [
            to_device(request={"id": 1, "get_status": {}}),
            to_device(health_check={}),
            to_device(request={"id": 2, "get_device_info": {}}),
        ]
        answers = list(stream(iter(asked), timeout=5))
        equal(
            [answer.WhichOneof("message") for answer in answers],
            ["response", "health_check", "response"],
            "the answers",
        )
        equal([answers[0].response.id, answers[2].response.id], [1, 2], "their ids")
        equal(answers[0].response.WhichOneof("response"), "dish_get_status", "the first")
