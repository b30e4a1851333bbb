# SPDX-License-Identifier: MIT
"""What well-known exporters compute from answers, in our own words: what breaks them shows here first."""

import math
import time

from device import eventually
from report import Skipped, between, equal, expect

# Seconds from the Unix epoch to 1980-01-06, and the leap seconds since then (IERS Bulletin C).
GPS_EPOCH_S = 315_964_800
LEAP_S = 18


def gps_seconds(unix_s):
    return unix_s - GPS_EPOCH_S + LEAP_S


def unix_seconds(gps_ns):
    return gps_ns / 1e9 + GPS_EPOCH_S - LEAP_S


def state_by_outage(status):
    """As grpc tools in Python name a terminal's state: by the presence of an outage and its cause, nothing else."""
    if not status.HasField("outage"):
        return "CONNECTED"
    causes = status.outage.DESCRIPTOR.fields_by_name["cause"].enum_type
    name = causes.values_by_number[status.outage.cause].name
    return "SEARCHING" if name == "NO_SCHEDULE" else name


def alert_bits(status):
    """As grpc tools in Python pack alerts: the bit of each is one below its number."""
    alerts = status.alerts
    fields = alerts.DESCRIPTOR.fields
    return sum(1 << (field.number - 1) for field in fields if getattr(alerts, field.name))


def samples_since(history, seen):
    """
    As history readers in Python walk the rings: the places of the samples after sample number `seen`, oldest first;
    after a restart, or a longer pause than the rings hold, all there are.
    """
    size = len(history.pop_ping_drop_rate)
    current = int(history.current)
    held = min(current, size)
    count = current - seen if seen is not None and current >= seen else held
    return [(current - back) % size for back in range(min(count, held), 0, -1)]


def newest_sample(history):
    """As exporters in Go find the newest sample: unsigned, so that zero samples wrap around, and never check a size."""
    return ((int(history.current) - 1) % 2**64) % len(history.power_in)


def euler_from_quaternion(status):
    """As an exporter in Go reads the attitude: it takes the message for granted. Tilt from the zenith, degrees."""
    if not status.HasField("ned2dish_quaternion"):
        raise AssertionError("the exporter has ended: it dereferenced a quaternion that is absent")
    q = status.ned2dish_quaternion
    # Down, in the dish's own axes: its third component is the cosine of the tilt, whichever way the axis points.
    cosine = 1 - 2 * (q.q_x**2 + q.q_y**2)
    return math.degrees(math.acos(max(-1.0, min(1.0, abs(cosine)))))


def check_exporters(report, dish):
    report.group = "exporters"
    with report.check("state from the presence of an outage: CONNECTED"):
        equal(state_by_outage(dish.status()), "CONNECTED", "the state")
    with report.check("alerts as bits of their numbers"):
        bits = alert_bits(dish.status())
        between(0, bits, 2**23 - 1, "the bits")
    with report.check("attitude from a quaternion that is never checked agrees with the boresight"):
        status = dish.status()
        tilt = euler_from_quaternion(status)
        by_boresight = 90 - status.alignment_stats.boresight_elevation_deg
        between(tilt - 0.5, by_boresight, tilt + 0.5, "the tilt")
    with report.check("a poll every few seconds sees each sample of the rings once"):
        first = dish.history()
        later = eventually("two samples more", 5, lambda: _moved_on(dish, first.current))
        # What was newest is the last of the first poll; the rest follows without a gap.
        taken = samples_since(first, None)
        expect(taken[-1] == newest_sample(first), "the newest is not the last")
        new = samples_since(later, int(first.current))
        equal(len(new), later.current - first.current, "new samples")
        equal(new[0], (taken[-1] + 1) % 900, "the first new one")
        equal(new[-1], newest_sample(later), "the last new one")
        kept = taken[len(new) :]
        equal([later.power_in[i] for i in kept], [first.power_in[i] for i in kept], "the past")
    with report.check("the latency of the status is one of the newest samples of the history"):
        status, history = dish.status(), dish.history()
        recent = samples_since(history, None)[-20:]
        latencies = [history.pop_ping_latency_ms[i] for i in recent if history.pop_ping_drop_rate[i] < 1]
        if not latencies:
            raise Skipped("no ping came back in 20 s")
        between(min(latencies) - 0.01, status.pop_ping_latency_ms, max(latencies) + 0.01, "the latency shown")
    with report.check("outages of the history, turned to Unix time, lie in the past"):
        for outage in dish.history().outages:
            started = unix_seconds(outage.start_timestamp_ns)
            between(time.time() - 7 * 86_400, started + outage.duration_ns / 1e9, time.time() + 2, "its end")


def _moved_on(dish, since):
    history = dish.history()
    return history if history.current >= since + 2 else None
