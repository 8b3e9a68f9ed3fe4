"""The local inference engine: a torch program in a process of its own, and the client that gateway workers use to reach it.

`client`, `messages` and `errors` import no torch; only the engine process (`python -m polyport_gateway.engine`) does.
"""
