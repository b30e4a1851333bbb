# SPDX-License-Identifier: MIT
"""Reflection: by symbol and by file, in both dialects, complete, and with the real numbers."""

import os

import grpc

from facts import known_facts, reflected_facts
from reflection import DIALECTS, NotReflected, Reflection, Schema, fields_of_dialect
from report import Skipped, differences, equal, expect

DEVICE = "SpaceX.API.Device.Device"
# What older clients ask for by name.
FILES_ASKED_FOR = ("spacex_api/device/device.proto", "spacex_api/device/dish.proto")
NOT_FOUND = 5


def check_schema(report, address, facts_path):
    report.group = "reflection"
    with grpc.insecure_channel(address) as channel:
        for dialect in DIALECTS:
            _check_dialect(report, Reflection(channel, dialect), dialect)
        schemas = [_whole(Reflection(channel, dialect)) for dialect in DIALECTS]
    with report.check("both dialects show the same files"):
        equal(
            *({name: file.SerializeToString() for name, file in schema.files.items()} for schema in schemas),
            "v1alpha",
        )
    _check_facts(report, schemas[0], facts_path)


def _whole(reflection):
    """Everything that the server declares, from its list of services on."""
    files = {}
    for service in reflection.services():
        files |= {file.name: file for file in reflection.files_by_symbol(service)}
    return Schema(files.values())


def _check_dialect(report, reflection, dialect):
    with report.check(f"{dialect}: every service that is listed resolves, and protobuf builds its files"):
        services = reflection.services()
        equal(services, sorted(set(services)), "the list")
        expect(DEVICE in services, f"{DEVICE} is not listed")
        expect(f"grpc.reflection.{dialect}.ServerReflection" in services, "reflection does not list itself")
        for service in services:
            Schema(reflection.files_by_symbol(service)).pool.FindServiceByName(service)
    with report.check(f"{dialect}: files resolve by name, with everything that they import"):
        for name in FILES_ASKED_FOR:
            files = reflection.files_by_name(name)
            equal(files[0].name, name, "the first file")
            Schema(files)
        for name in _whole(reflection).files:
            Schema(reflection.files_by_name(name))
    with report.check(f"{dialect}: messages, members, enums and methods resolve as symbols"):
        for symbol, file in {
            "SpaceX.API.Device.Request": "spacex_api/device/device.proto",
            "SpaceX.API.Device.DishOutage.Cause": "spacex_api/device/dish.proto",
            f"{DEVICE}.Handle": "spacex_api/device/device.proto",
            "SpaceX.API.Device.WifiConfig.Network": "spacex_api/device/wifi_config.proto",
            "google.protobuf.Timestamp": "google/protobuf/timestamp.proto",
        }.items():
            equal(reflection.files_by_symbol(symbol)[0].name, file, f"the file of {symbol}")
    with report.check(f"{dialect}: many requests on one stream, answered in order, the unknown one too"):
        asked = [
            {"list_services": "*"},
            {"file_containing_symbol": "No.Such.Symbol"},
            {"file_by_filename": FILES_ASKED_FOR[0]},
            {"all_extension_numbers_of_type": "SpaceX.API.Device.Request"},
        ]
        answers = reflection.ask_all(asked)
        equal(
            [answer.WhichOneof("message_response") for answer in answers],
            [
                "list_services_response",
                "error_response",
                "file_descriptor_response",
                "all_extension_numbers_response",
            ],
            "the answers' kind",
        )
        equal(answers[1].error_response.error_code, NOT_FOUND, "the code")
        equal(
            [str(answer.original_request) for answer in answers],
            [str(reflection.request_type(**request)) for request in asked],
            "what they answer",
        )
    with report.check(f"{dialect}: an unknown file is not found"):
        try:
            reflection.files_by_name("no/such/file.proto")
        except NotReflected as refused:
            equal(refused.code, NOT_FOUND, "the code")
        else:
            raise AssertionError("it was answered")
    with report.check(f"{dialect}: reflection describes itself with its own numbers"):
        package = f"grpc.reflection.{dialect}"
        schema = Schema(reflection.files_by_symbol(f"{package}.ServerReflection"))
        for name, fields in fields_of_dialect().items():
            described = schema.pool.FindMessageTypeByName(f"{package}.{name}").fields_by_name
            equal({field: described[field].number for field in described}, fields, name)


def _check_facts(report, schema, path):
    report.group = "facts"
    if path is None or not os.path.exists(path):
        with report.check("every name and number of the table of facts"):
            raise Skipped(f"absent: {path or 'no table was given'}")
        return
    known = known_facts(path)
    found = reflected_facts(schema)
    ours = {
        part: {
            name: entry
            for name, entry in getattr(found, part).items()
            # Reflection itself is no part of a terminal's own schema.
            if not name.startswith(("grpc.reflection", "grpc/reflection"))
            and not entry.get("file", "").startswith("grpc/reflection")
        }
        for part in ("files", "messages", "enums", "services")
    }
    counted = {
        "files": f"{len(known.files)} files: package, imports, options",
        "messages": f"{len(known.messages)} messages, {known.field_count} fields: "
        "number, type, oneof, JSON name, reservations",
        "enums": f"{len(known.enums)} enums: values, reservations",
        "services": f"{len(known.services)} services: methods, types, streaming",
    }
    for part, title in counted.items():
        with report.check(title):
            wrong = differences(ours[part], getattr(known, part))
            expect(wrong == "", wrong)
