"""The parts of the server that plays vectors: requests in, scripted bytes out, and what did not match."""
