"""Reading: files, `$ref`, the step from OpenAPI 3.0 to 3.1, and positions for diagnostics."""
