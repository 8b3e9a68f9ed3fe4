"""The OpenAPI document read into the model: the only stage that knows keywords."""
