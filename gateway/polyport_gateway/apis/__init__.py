"""One module per API area: the typed services that both doors call."""
