"""What a request is, where it goes and what it may cost; knows neither HTTP nor gRPC."""
