"""The gateway: one OpenAPI document served as REST and gRPC on one port, in front of many AI providers."""

__version__ = "0.1.0"
