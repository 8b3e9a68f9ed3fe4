"""One port: the sniffer, HTTP/1.1, gRPC."""
