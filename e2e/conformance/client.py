# SPDX-License-Identifier: MIT
"""Conformance client of the terminal's local API, on Debian's python3-grpcio and python3-protobuf.

    python3 client.py 192.168.100.1:9200

Reads only, so that any terminal can be asked; further options let it change one, or stage scenes on Perigee's.
"""

import argparse
import sys

try:
    import google.protobuf
    import grpc
except ImportError as missing:
    sys.exit(f"{missing}; on Debian: apt-get install python3-grpcio python3-protobuf")

from check_acts import check_acts
from check_exporters import check_exporters
from check_operator import check_operator
from check_policies import check_policies
from check_random import check_random
from check_requests import check_requests
from check_rules import check_rules
from check_scenes import check_scenes
from check_schema import check_schema
from check_web import check_web
from device import Device
from report import Report


def main():
    words = _words().parse_args()
    print(f"grpcio {grpc.__version__}, protobuf {google.protobuf.__version__}, {words.dish}")
    report = Report()
    try:
        dish = Device(words.dish)
    except grpc.RpcError as error:
        sys.exit(f"{words.dish} does not reflect: {error.details()}")
    router = None if words.router is None else Device(words.router, dish.schema)
    groups = {
        "schema": lambda: check_schema(report, words.dish, words.facts),
        "requests": lambda: check_requests(report, dish, router),
        "rules": lambda: check_rules(report, dish, router),
        "exporters": lambda: check_exporters(report, dish),
        "policies": lambda: check_policies(report, dish, router, words.location, words.writes),
    }
    if words.dish_web is not None:
        groups["web"] = lambda: check_web(report, dish, words.dish_web)
    if words.admin is not None:
        groups["scenes"] = lambda: check_scenes(report, dish, words.admin, words.terminal)
    if words.operator is not None:
        groups["operator"] = lambda: check_operator(report, dish.schema, words.operator, words.codes)
    if words.acts:
        groups["acts"] = lambda: check_acts(report, dish, router)
    if words.random:
        groups["random"] = lambda: check_random(report, dish, router)
    for name, run in groups.items():
        if words.only is None or name in words.only:
            run()
    return report.finish()


def _words():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add = parser.add_argument
    add("dish", help="host:port of its gRPC")
    add("--dish-web", help="host:port of its gRPC-Web")
    add("--router", help="host:port of the router's gRPC")
    add("--facts", help="table of the schema as JSON, to compare every number with")
    add("--location", choices=("allowed", "notEnabled", "policy"), help="whether it should tell its place")
    add("--writes", choices=("lan", "cloud"), help="from where its settings should be changeable")
    add("--admin", help="URL of Perigee's admin API: every scene is staged")
    add("--terminal", default="terminal-1", help="name of the dish on the admin API")
    add("--operator", help="URL of a Perigee operator: all its terminals, and what is reached behind them")
    add("--codes", type=_numbers, default=set(), help="disablement codes that some terminal there must show")
    add("--acts", action="store_true", help="stow it, put it to sleep, restart it; a minute")
    add("--random", action="store_true", help="ask it for anything; its settings are anyone's guess afterwards")
    add("--only", type=lambda text: text.split(","), help="groups of checks, with commas")
    return parser


def _numbers(text):
    return {int(word) for word in text.split(",")}


if __name__ == "__main__":
    sys.exit(main())
