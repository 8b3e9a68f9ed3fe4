"""One module or folder per provider: pure converters and an error map."""
