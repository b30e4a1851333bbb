# SPDX-License-Identifier: MIT
"""All terminals of a Perigee operator: the code that each shows, and what is really reached behind it."""

import urllib.error
import urllib.request

from admin import Admin
from check_exporters import state_by_outage
from device import Device, eventually
from report import Skipped, equal, expect

OKAY = 1
ACCOUNT_DISABLED = 12
ACCOUNT_SITE = "http://account.perigee/"
# Nobody's: RFC 6761 and RFC 5737.
ELSEWHERE = "http://nobody.invalid/"
NUMBERED = "http://192.0.2.7/generate_204"


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def browse(proxy, url):
    """What a browser behind a terminal gets, of a page in clear text: its code, and where it is led."""
    by_proxy = urllib.request.ProxyHandler({"http": f"http://{proxy}"})
    opener = urllib.request.build_opener(by_proxy, _NoRedirects)
    try:
        with opener.open(url, timeout=10) as response:
            return response.status, response.headers.get("location")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers.get("location")


def check_operator(report, schema, url, wanted):
    report.group = "operator"
    admin = Admin(url)
    shown = {}
    for view in admin.get("/v1/dishes"):
        name = view["terminalId"]
        dish = Device(view["grpc"], schema)
        try:
            with report.check(f"{name}: its code is what was decided, and so is what is reached behind it"):
                _check_terminal(dish, admin, name)
                shown.setdefault(dish.status().disablement_code, []).append(name)
        finally:
            dish.channel.close()
    codes = schema.enum("SpaceX.API.Satellites.Network.UtDisablementCode").values_by_number
    for code in sorted(shown.keys() | wanted):
        with report.check(f"code {code} {codes[code].name}: shown by {', '.join(shown.get(code, ['none']))}"):
            expect(code in shown, "no terminal shows it")
    _check_suspension(report, schema, admin, shown.get(OKAY, [None])[0])


def _check_terminal(dish, admin, name):
    status = dish.status()
    row = admin.get(f"/v1/terminals/{name}")
    admission, proxy = row["admission"], row["proxy"]["http"]
    equal(status.disablement_code, admission["wireCode"]["number"], "the code")
    diagnostics = dish.ask(get_diagnostics={}).dish_get_diagnostics
    equal(diagnostics.disablement_code, status.disablement_code, "the diagnostics' code")
    if not admission["linked"]:
        equal(state_by_outage(status), "SEARCHING", "the state of a terminal that is denied")
        equal(browse(proxy, ACCOUNT_SITE)[0], 403, "the account site without a link")
        return
    if row["link"] is None:
        # Allowed, and no satellite to be had: nothing to be reached, whoever is asked.
        expect(status.HasField("outage"), "it shows no outage without a link")
        return
    check_reach(proxy, status.disablement_code == OKAY)


def check_reach(proxy, in_service):
    """The account site answers everybody; every other name leads a restricted terminal there."""
    equal(browse(proxy, ACCOUNT_SITE)[0], 200, "the account site")
    if in_service:
        # It asked for the name, and there is none.
        equal(browse(proxy, ELSEWHERE), (502, None), "a name that does not exist")
    else:
        equal(browse(proxy, ELSEWHERE), (302, ACCOUNT_SITE), "another site")
        equal(browse(proxy, NUMBERED), (302, ACCOUNT_SITE), "a test for captive networks")


def _check_suspension(report, schema, admin, name):
    with report.check(f"{name}: suspended and restored, each shows at the next request"):
        if name is None:
            raise Skipped("no terminal is in service")
        dish = Device(admin.get(f"/v1/terminals/{name}/dish")["grpc"], schema)
        proxy = admin.get(f"/v1/terminals/{name}")["proxy"]["http"]
        ground = "The conformance client wants to see the code."
        admin.post("/v1/orders", {"kind": "suspend", "terminalId": name, "ground": ground, "hours": 2})
        status = dish.status()
        shown = (status.disablement_code, state_by_outage(status))
        equal(shown, (ACCOUNT_DISABLED, "CONNECTED"), "its code and state")
        check_reach(proxy, False)
        admin.post("/v1/orders", {"kind": "restore", "terminalId": name, "ground": "It has seen the code."})
        equal(dish.status().disablement_code, OKAY, "its code at the end")
        eventually("it is in service", 5, lambda: browse(proxy, ELSEWHERE)[0] == 502)
        dish.channel.close()
