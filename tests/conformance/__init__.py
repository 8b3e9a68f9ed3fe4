"""The generator over documents that nobody here wrote: `make conformance`, and a part of it in `make test`."""
