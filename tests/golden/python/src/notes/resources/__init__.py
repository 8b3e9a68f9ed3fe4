"""The API's resources; reach them through a client."""
