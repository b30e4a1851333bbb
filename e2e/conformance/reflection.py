# SPDX-License-Identifier: MIT
"""Server reflection in both of its dialects, spoken without generated code."""

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

DIALECTS = ("v1alpha", "v1")

_FIELD = descriptor_pb2.FieldDescriptorProto
_STRING, _BYTES, _INT32, _MESSAGE = (
    _FIELD.TYPE_STRING,
    _FIELD.TYPE_BYTES,
    _FIELD.TYPE_INT32,
    _FIELD.TYPE_MESSAGE,
)

# Of grpc/reflection: message -> fields (name, number, type or message, repeated, oneof). Both dialects number alike.
_MESSAGES = {
    "ServerReflectionRequest": [
        ("host", 1, _STRING, False, None),
        ("file_by_filename", 3, _STRING, False, "message_request"),
        ("file_containing_symbol", 4, _STRING, False, "message_request"),
        ("file_containing_extension", 5, "ExtensionRequest", False, "message_request"),
        ("all_extension_numbers_of_type", 6, _STRING, False, "message_request"),
        ("list_services", 7, _STRING, False, "message_request"),
    ],
    "ExtensionRequest": [
        ("containing_type", 1, _STRING, False, None),
        ("extension_number", 2, _INT32, False, None),
    ],
    "ServerReflectionResponse": [
        ("valid_host", 1, _STRING, False, None),
        ("original_request", 2, "ServerReflectionRequest", False, None),
        ("file_descriptor_response", 4, "FileDescriptorResponse", False, "message_response"),
        ("all_extension_numbers_response", 5, "ExtensionNumberResponse", False, "message_response"),
        ("list_services_response", 6, "ListServiceResponse", False, "message_response"),
        ("error_response", 7, "ErrorResponse", False, "message_response"),
    ],
    "FileDescriptorResponse": [("file_descriptor_proto", 1, _BYTES, True, None)],
    "ExtensionNumberResponse": [
        ("base_type_name", 1, _STRING, False, None),
        ("extension_number", 2, _INT32, True, None),
    ],
    "ListServiceResponse": [("service", 1, "ServiceResponse", True, None)],
    "ServiceResponse": [("name", 1, _STRING, False, None)],
    "ErrorResponse": [
        ("error_code", 1, _INT32, False, None),
        ("error_message", 2, _STRING, False, None),
    ],
}


def fields_of_dialect():
    """What a server should say of its own reflection messages: name -> {field: number}."""
    return {name: {field[0]: field[1] for field in fields} for name, fields in _MESSAGES.items()}


def _classes(package):
    file = descriptor_pb2.FileDescriptorProto(name=f"{package}.proto", package=package, syntax="proto3")
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        for field_name, number, kind, repeated, oneof in fields:
            field = message.field.add(name=field_name, number=number)
            field.label = _FIELD.LABEL_REPEATED if repeated else _FIELD.LABEL_OPTIONAL
            if isinstance(kind, str):
                field.type, field.type_name = _MESSAGE, f".{package}.{kind}"
            else:
                field.type = kind
            if oneof is not None:
                if not message.oneof_decl:
                    message.oneof_decl.add(name=oneof)
                field.oneof_index = 0
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    factory = message_factory.MessageFactory(pool)
    names = ("ServerReflectionRequest", "ServerReflectionResponse")
    return [factory.GetPrototype(pool.FindMessageTypeByName(f"{package}.{name}")) for name in names]


class NotReflected(Exception):
    def __init__(self, error):
        super().__init__(f"{error.error_code}: {error.error_message}")
        self.code = error.error_code


class Reflection:
    """One dialect's `ServerReflectionInfo` on a channel."""

    def __init__(self, channel, dialect, timeout_s=10):
        package = f"grpc.reflection.{dialect}"
        self.request_type, response = _classes(package)
        self._timeout_s = timeout_s
        self._call = channel.stream_stream(
            f"/{package}.ServerReflection/ServerReflectionInfo",
            request_serializer=self.request_type.SerializeToString,
            response_deserializer=response.FromString,
        )

    def ask_all(self, requests):
        """Several requests on one stream; their answers in order."""
        messages = [self.request_type(**request) for request in requests]
        return list(self._call(iter(messages), timeout=self._timeout_s))

    def ask(self, **request):
        (answer,) = self.ask_all([request])
        if answer.WhichOneof("message_response") == "error_response":
            raise NotReflected(answer.error_response)
        return answer

    def services(self):
        return [service.name for service in self.ask(list_services="").list_services_response.service]

    def _files(self, **request):
        found = self.ask(**request).file_descriptor_response.file_descriptor_proto
        return [descriptor_pb2.FileDescriptorProto.FromString(raw) for raw in found]

    def files_by_symbol(self, symbol):
        """The file that declares a symbol, first, and those that it needs."""
        return self._files(file_containing_symbol=symbol)

    def files_by_name(self, name):
        return self._files(file_by_filename=name)


class Schema:
    """Files as a server reflected them, built into message classes by protobuf itself."""

    def __init__(self, files):
        self.files = {file.name: file for file in files}
        self.pool = descriptor_pool.DescriptorPool()
        added = set()

        def add(name):
            if name in added:
                return
            added.add(name)
            for needed in self.files[name].dependency:
                add(needed)
            self.pool.Add(self.files[name])

        for name in self.files:
            add(name)
        self._factory = message_factory.MessageFactory(self.pool)

    def message(self, name):
        return self._factory.GetPrototype(self.pool.FindMessageTypeByName(name))

    def enum(self, name):
        return self.pool.FindEnumTypeByName(name)


def reflect(address):
    """The schema of a device at `host:port`, asked for the way clients do: by the service's name."""
    with grpc.insecure_channel(address) as channel:
        return Schema(Reflection(channel, "v1alpha").files_by_symbol("SpaceX.API.Device.Device"))
