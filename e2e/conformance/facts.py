# SPDX-License-Identifier: MIT
"""The facts about real terminals' schema, and a reflected schema in the same terms, to be compared entry by entry."""

import json

from google.protobuf import descriptor_pb2

_FIELD = descriptor_pb2.FieldDescriptorProto
_SCALARS = {
    number: name[len("TYPE_") :].lower()
    for name, number in _FIELD.Type.items()
    if name not in ("TYPE_MESSAGE", "TYPE_ENUM", "TYPE_GROUP")
}

# Firmware 2026.07 added these to the dump that the facts hold.
YOUNGER_MESSAGES = {
    "SpaceX.API.Device.ToggleModeRequest": {"mode_id": (1, "uint32", "", "modeId")},
    "SpaceX.API.Device.ToggleModeResponse": {"display_msg": (1, "string", "", "displayMsg")},
}
YOUNGER_FIELDS = {
    "SpaceX.API.Device.Request": ("toggle_mode", "SpaceX.API.Device.ToggleModeRequest", "request"),
    "SpaceX.API.Device.Response": ("toggle_mode", "SpaceX.API.Device.ToggleModeResponse", "response"),
}


class Facts:
    """`files`, `messages`, `enums`, `services`: dictionaries by full name."""

    def __init__(self, files, messages, enums, services):
        self.files = files
        self.messages = messages
        self.enums = enums
        self.services = services

    @property
    def field_count(self):
        return sum(len(message["fields"]) for message in self.messages.values())


def known_facts(path):
    """The facts table at a path, with what is younger than it."""
    with open(path, encoding="utf-8") as file:
        table = json.load(file)
    messages = {
        name: {
            "file": message["file"],
            "fields": {
                field: (number, kind, oneof, json_name)
                for field, number, kind, oneof, json_name, _ in message["fields"]
            },
            "reserved": sorted((first, last) for first, last in message["reserved"]),
            "reserved_names": sorted(message["reserved_names"]),
        }
        for name, message in table["messages"].items()
    }
    for name, fields in YOUNGER_MESSAGES.items():
        messages[name] = {
            "file": "spacex_api/device/device.proto",
            "fields": fields,
            "reserved": [],
            "reserved_names": [],
        }
    for name, (field, kind, oneof) in YOUNGER_FIELDS.items():
        messages[name]["fields"][field] = (7001, kind, oneof, "toggleMode")
    enums = {
        name: {
            "file": enum["file"],
            "values": {value: number for value, number in enum["values"]},
            "reserved": sorted((first, last) for first, last in enum["reserved"]),
            "reserved_names": sorted(enum["reserved_names"]),
        }
        for name, enum in table["enums"].items()
    }
    services = {
        name: {"file": service["file"], "methods": sorted(tuple(m) for m in service["methods"])}
        for name, service in table["services"].items()
    }
    files = {
        name: {
            "package": file["package"],
            "syntax": file["syntax"],
            "imports": sorted(file["deps"]),
            "go_package": _option(file["opts"], "go_package"),
        }
        for name, file in table["files"].items()
    }
    return Facts(files, messages, enums, services)


def reflected_facts(schema):
    """What a reflected schema says, in the terms of `known_facts`."""
    facts = Facts({}, {}, {}, {})
    for name, file in schema.files.items():
        facts.files[name] = {
            "package": file.package,
            "syntax": file.syntax,
            "imports": sorted(file.dependency),
            "go_package": file.options.go_package,
        }
        for message in file.message_type:
            _take_message(facts, name, file.package, message)
        for enum in file.enum_type:
            _take_enum(facts, name, file.package, enum)
        for service in file.service:
            facts.services[f"{file.package}.{service.name}"] = {
                "file": name,
                "methods": sorted(_method(method) for method in service.method),
            }
    return facts


def _take_message(facts, file, scope, message):
    full = f"{scope}.{message.name}"
    entries = {f".{full}.{nested.name}": nested for nested in message.nested_type if nested.options.map_entry}
    facts.messages[full] = {
        "file": file,
        "fields": {field.name: _field(message, field, entries) for field in message.field},
        # Ranges of messages end before their end, those of enums at it.
        "reserved": sorted((r.start, r.end - 1) for r in message.reserved_range),
        "reserved_names": sorted(message.reserved_name),
    }
    for nested in message.nested_type:
        if not nested.options.map_entry:
            _take_message(facts, file, full, nested)
    for enum in message.enum_type:
        _take_enum(facts, file, full, enum)


def _take_enum(facts, file, scope, enum):
    facts.enums[f"{scope}.{enum.name}"] = {
        "file": file,
        "values": {value.name: value.number for value in enum.value},
        "reserved": sorted((r.start, r.end) for r in enum.reserved_range),
        "reserved_names": sorted(enum.reserved_name),
    }


def _field(message, field, entries):
    kind = _type(field)
    entry = entries.get(field.type_name)
    if entry is not None:
        kind = f"map<{_type(entry.field[0])}, {_type(entry.field[1])}>"
    elif field.label == _FIELD.LABEL_REPEATED:
        kind = f"repeated {kind}"
    elif field.proto3_optional:
        kind = f"optional {kind}"
    is_member = field.HasField("oneof_index") and not field.proto3_optional
    oneof = message.oneof_decl[field.oneof_index].name if is_member else ""
    return (field.number, kind, oneof, field.json_name)


def _type(field):
    return _SCALARS.get(field.type) or field.type_name.removeprefix(".")


def _method(method):
    asked, answered = method.input_type.removeprefix("."), method.output_type.removeprefix(".")
    return (method.name, asked, method.client_streaming, answered, method.server_streaming)


def _option(options, name):
    for line in options.splitlines():
        key, _, value = line.partition(": ")
        if key == name:
            return json.loads(value)
    return ""
