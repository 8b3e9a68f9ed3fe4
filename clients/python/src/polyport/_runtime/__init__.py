"""What every call shares: transport, retries, streams, pages, errors, models. Knows no API."""
