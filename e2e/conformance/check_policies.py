# SPDX-License-Identifier: MIT
"""Who may know a terminal's place, and who may change its settings: both are the operator's policy."""

import time

from check_exporters import gps_seconds
from device import Refused
from report import Skipped, between, equal, expect

PERMISSION_DENIED = 7
TEXTS = {
    "notEnabled": "GetLocation requests are not enabled on this device",
    "policy": "Failed to get location: Disabled due to policy",
}


def check_policies(report, dish, router, location, writes):
    report.group = "policies"
    with report.check("8: the place is told, or refused in the words that clients know"):
        try:
            place = dish.ask(get_location={}).get_location
        except Refused as refused:
            equal(refused.code, PERMISSION_DENIED, "the status")
            expect(refused.message in TEXTS.values(), f'it says "{refused.message}"')
            expect(location != "allowed", "it should have told its place")
            equal(refused.message, TEXTS.get(location, refused.message), "the words")
        else:
            expect(location in (None, "allowed"), f"it told its place under {location}")
            between(-90, place.lla.lat, 90, "the latitude")
            between(-180, place.lla.lon, 180, "the longitude")
            sources = dish.schema.enum("SpaceX.API.Device.PositionSource")
            expect(place.source in sources.values_by_number, f"source {place.source} is none of the schema")
            expect(place.sigma_m > 0, "it is sure beyond doubt")
    with report.check("5, 8: diagnostics keep to the same policy, and tell the time in GPS seconds"):
        told = dish.ask(get_diagnostics={}).dish_get_diagnostics.location
        if told.enabled:
            now = gps_seconds(time.time())
            between(now - 5, told.gps_time_s, now + 5, "the time")
        else:
            equal((told.latitude, told.longitude, told.gps_time_s), (0, 0, 0), "the place that is kept back")
        if location is not None:
            equal(told.enabled, location == "allowed", "enabled")
    with report.check("9: writes from the local network"):
        if writes is None:
            raise Skipped("say --writes lan or --writes cloud")
        # Set to what it is: whoever may, changes nothing.
        same = {"snow_melt_mode": dish.config().snow_melt_mode, "apply_snow_melt_mode": True}
        _check_write(dish, writes, dish_set_config={"dish_config": same})
    if router is None:
        return
    with report.check("9: the same of the router's settings, and of the names of what is at home"):
        if writes is None:
            raise Skipped("say --writes lan or --writes cloud")
        _check_write(router, writes, wifi_set_config={"wifi_config": {}})
        client = router.ask(wifi_get_clients={}).wifi_get_clients.clients[0]
        same = {"mac_address": client.mac_address, "given_name": client.given_name}
        _check_write(router, writes, wifi_set_client_given_name={"client_name": same})


def _check_write(device, writes, **request):
    if writes == "cloud":
        equal(device.refusal(**request).code, PERMISSION_DENIED, "the status")
    else:
        device.ask(**request)
